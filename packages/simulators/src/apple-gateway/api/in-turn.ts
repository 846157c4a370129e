import type { Business } from '../business.ts';
import type { GatewayState } from '../gateway-state.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';

type Respond = (state: GatewayState, call: Call, business: Business) => Promise<Answer>;

const turns = new WeakMap<GatewayState, Promise<unknown>>();

/** One message of a gateway after the other, so that devices get them in the order of arrival. */
export function inTurn(respond: Respond): Respond {
  return (state, call, business) => {
    const turn = (turns.get(state) ?? Promise.resolve()).then(() => respond(state, call, business));
    turns.set(
      state,
      turn.catch(() => undefined),
    );
    return turn;
  };
}
