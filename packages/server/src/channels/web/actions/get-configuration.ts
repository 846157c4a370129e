import { GetConfigurationRequest } from '@countersign/protocol';
import { type Action, deploymentOf } from '../context.ts';
import { configurationResponse, mediaLimits } from '../frames.ts';
import { reader } from '../read-request.ts';
import { mustNameDeployment } from './session-answer.ts';

const read = reader(GetConfigurationRequest);

/** What may be sent; asked before a session is configured too (§4.9). */
export const getConfiguration: Action = (context, connection, { value, tracingId }) => {
  const { deploymentId } = read(value);
  if (deploymentId != null) mustNameDeployment(connection, deploymentId);
  const { configuration } = deploymentOf(context, connection);
  const body = {
    ...mediaLimits(configuration),
    messageRoutingEnabled: true,
    sessionDurationSeconds: configuration.conversations.sessionDuration,
  };
  connection.send(configurationResponse(body, tracingId));
};
