import { ConfigureSessionRequest } from '@countersign/protocol';
import { type Action, clientOf, deploymentOf } from '../context.ts';
import { endReplaced, resume } from '../conversation.ts';
import { askAgain } from '../prompt-to-sign-in.ts';
import { reader } from '../read-request.ts';
import { configuredAnswer, mustNameDeployment } from './session-answer.ts';

const read = reader(ConfigureSessionRequest);

/** A guest's session: made, resumed, or begun anew (§4.1, §5.2). */
export const configureSession: Action = async (context, connection, { value, tracingId }) => {
  const { deploymentId, token, startNew } = read(value);
  mustNameDeployment(connection, deploymentId);
  const deployment = deploymentOf(context, connection);
  context.limiter.spendFor('configuresPerSession', `${deployment.id}/${token}`);
  const configured = await context.sessions.configureGuest(
    deployment,
    token,
    startNew ?? false,
    clientOf(connection),
  );
  await endReplaced(context, connection, configured);
  const room = context.rooms.enter(connection, configured.session, token);
  if (!configured.newSession) await resume(context, room, deployment);
  connection.send(configuredAnswer(configured, deployment, tracingId));
  await askAgain(context, connection, room);
};
