import { ConfigureAuthenticatedSessionRequest, GuestErrorText } from '@countersign/protocol';
import { Fault } from '../../../platform/index.ts';
import { type Action, clientOf, deploymentOf } from '../context.ts';
import { endReplaced, resume } from '../conversation.ts';
import { forbidden } from '../errors.ts';
import { askAgain } from '../prompt-to-sign-in.ts';
import { reader } from '../read-request.ts';
import { stepUp } from '../step-up.ts';
import { configuredAnswer, mustNameDeployment } from './session-answer.ts';

const read = reader(ConfigureAuthenticatedSessionRequest);

/**
 * The session of a person who has signed in; a guest's becomes theirs (§4.2, §5.6). `data.code` is the
 * JWT of the token exchange. A bad one is refused, and the guest session stays what it was (invariant 6).
 */
export const configureAuthenticatedSession: Action = async (
  context,
  connection,
  { value, tracingId },
) => {
  const { deploymentId, token, startNew, data } = read(value);
  mustNameDeployment(connection, deploymentId);
  const deployment = deploymentOf(context, connection);
  context.limiter.spendFor('configuresPerSession', `${deployment.id}/${token}`);
  if (!deployment.setting) throw forbidden('not_enabled', GuestErrorText.authenticationFailed);
  const jwt = data?.code;
  if (!jwt) throw new Fault('unauthorized', 401, 'A sign-in is needed');
  const { sessions, rooms } = context;
  const grant = await sessions.verify(jwt, deployment.id);
  const configured = await sessions.configureAuthenticated(
    deployment,
    token,
    grant,
    startNew ?? false,
    clientOf(connection),
  );
  await endReplaced(context, connection, configured);
  const room = rooms.enter(connection, configured.session, token);
  if (configured.steppedUp) await stepUp(context, room, deployment);
  else await resume(context, room, deployment);
  connection.send(configuredAnswer(configured, deployment, tracingId));
  await askAgain(context, connection, room);
};
