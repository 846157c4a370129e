import type { Deployment } from '../../../configuration/index.ts';
import type { ConfiguredSession } from '../../../sessions/index.ts';
import type { Connection } from '../connection.ts';
import { malformed } from '../errors.ts';
import { epochSeconds, mediaLimits, sessionResponse } from '../frames.ts';

/** The answer to either configure request (§5.1). */
export function configuredAnswer(
  { session, newSession, clearedExistingSession }: ConfiguredSession,
  deployment: Deployment,
  tracingId: string | undefined,
): string {
  const body = {
    connected: true,
    newSession,
    readOnly: session.readOnly,
    clearedExistingSession,
    ...mediaLimits(deployment.configuration),
    durationSeconds: deployment.configuration.conversations.sessionDuration,
    expirationDate: epochSeconds(session.expiresAt),
  };
  return sessionResponse(body, tracingId);
}

/** A request names the deployment that its connection was made for. Fault `malformed` 400. */
export function mustNameDeployment(connection: Connection, deploymentId: string): void {
  if (deploymentId.toLowerCase() === connection.deploymentId) return;
  throw malformed('deploymentId is not that of this connection');
}
