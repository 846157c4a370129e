import { EchoRequest } from '@countersign/protocol';
import type { Action } from '../context.ts';
import { echo as echoFrame } from '../frames.ts';
import { reader } from '../read-request.ts';

const read = reader(EchoRequest);

/** The health check: answered to the sender alone, kept nowhere, with or without a session (§4.7). */
export const echo: Action = (context, connection, { value, tracingId }) => {
  const { message } = read(value);
  context.limiter.spend('healthChecksPerConnection', connection.healthChecks);
  const session = connection.room?.hasExpired() ? null : connection.room?.session;
  const deployment = context.configuration.current().deployments.get(connection.deploymentId);
  const timing =
    session && deployment
      ? {
          durationSeconds: deployment.configuration.conversations.sessionDuration,
          expiresAt: session.expiresAt,
        }
      : null;
  const text = message?.text ?? undefined;
  connection.send(echoFrame(context.clock.now(), text, timing, tracingId));
};
