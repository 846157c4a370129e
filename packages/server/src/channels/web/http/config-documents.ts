import type { DeploymentConfig } from '@countersign/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  type Deployment,
  guestAdmission,
  isOpen,
  mayStepUp,
  nextOpening,
  type PreChatQuestion,
  type WebAuthenticationSetting,
} from '../../../configuration/index.ts';
import type { WebContext } from '../context.ts';
import { noteMessenger } from '../sighting.ts';

const ROOT = '/webdeployments/v1/deployments/:id';

/** What clients read before they connect (§12): public, and readable from every page. */
export function serveConfigDocuments(scope: FastifyInstance, context: WebContext): void {
  const find = (id: string) => context.configuration.current().deployments.get(id.toLowerCase());

  scope.get<{ Params: { id: string } }>(`${ROOT}/config.json`, async (request, reply) => {
    const deployment = find(request.params.id);
    noteMessenger(context, request, deployment);
    return deployment
      ? publicJson(reply).send(JSON.stringify(deploymentConfig(deployment, context)))
      : unknownDeployment(reply);
  });

  scope.get<{ Params: { id: string } }>(`${ROOT}/domains.json`, async (request, reply) => {
    const deployment = find(request.params.id);
    if (!deployment) return unknownDeployment(reply);
    const { allowAllDomains, allowedDomains } = deployment;
    return publicJson(reply).send(JSON.stringify({ allowAllDomains, allowedDomains }));
  });
}

const publicJson = (reply: FastifyReply): FastifyReply =>
  reply.header('access-control-allow-origin', '*').type('application/json');

/** As the vendor's content network answers. */
const unknownDeployment = (reply: FastifyReply): FastifyReply =>
  publicJson(reply).code(403).send('{"message":"Forbidden"}');

export function deploymentConfig(
  deployment: Deployment,
  { publicUrl, clock }: Pick<WebContext, 'publicUrl' | 'clock'>,
): DeploymentConfig {
  const { configuration } = deployment;
  const { attachments, conversations, appearance, authentication, languages } = configuration;
  const { fileTypes, maxFileSizeKB } = attachments;
  return {
    id: deployment.id,
    version: String(configuration.version),
    languages,
    defaultLanguage: languages[0] ?? 'en',
    apiEndpoint: publicUrl,
    status: deployment.status,
    headlessMode: { enabled: false },
    messenger: {
      enabled: true,
      apps: {
        conversations: {
          enabled: true,
          messagingEndpoint: `${publicUrl.replace(/^http/, 'ws')}/v1`,
          showAgentTypingIndicator: conversations.typing,
          showUserTypingIndicator: conversations.typing,
          autoStart: { enabled: false },
          conversationDisconnect: {
            enabled: conversations.disconnect !== 'Off',
            type: conversations.disconnect === 'ReadOnly' ? 'ReadOnly' : 'Send',
          },
          conversationClear: { enabled: conversations.clear },
          markdown: { enabled: false },
          humanize: { enabled: false },
          notifications: { enabled: false },
          sessionDurationSeconds: conversations.sessionDuration,
        },
        knowledge: { enabled: false },
      },
      styles: { primaryColor: appearance.primaryColor },
      launcherButton: { visibility: appearance.launcher },
      homeScreen: { enabled: false },
      fileUpload: {
        enableAttachments: attachments.enabled,
        modes: attachments.enabled ? [{ fileTypes, maxFileSizeKB }] : [],
      },
      sessionPersistenceType: 'AcrossSubdomains',
    },
    journeyEvents: { enabled: false },
    auth: {
      enabled: authentication.enabled,
      allowSessionUpgrade: mayStepUp(deployment),
    },
    position: { alignment: appearance.position, sideSpace: 20, bottomSpace: 12 },
    customI18nLabels: [],
    countersign: {
      ...(deployment.setting && { authentication: howToSignIn(deployment, deployment.setting) }),
      name: configuration.name,
      primaryColor: appearance.primaryColor,
      ...aroundTheChat(deployment, clock.now()),
    },
  };
}

/** What is asked before, said while nobody is there, and asked after. */
function aroundTheChat({ configuration, operatingHours }: Deployment, now: number) {
  const { preChatSurvey, rating } = configuration;
  const closed = operatingHours && !isOpen(operatingHours, now);
  const opening = closed ? nextOpening(operatingHours, now) : null;
  const around = {
    ...(preChatSurvey.length > 0 && { survey: preChatSurvey.map(question) }),
    ...(closed && { closed: opening === null ? {} : { opensAt: new Date(opening).toISOString() } }),
    ...(rating.enabled && { rating: rating.text === null ? {} : { text: rating.text } }),
  };
  return Object.keys(around).length > 0 ? { around } : {};
}

const question = ({ options, link, ...rest }: PreChatQuestion) => ({
  ...rest,
  ...(options.length > 0 && { options }),
  ...(link !== null && { link }),
});

function howToSignIn(deployment: Deployment, setting: WebAuthenticationSetting) {
  const { allowSessionUpgrade } = deployment.configuration.authentication;
  return {
    type: setting.type,
    ...(setting.type === 'signed-token' && { clientFunction: setting.clientFunction }),
    // Guests are here for a time, until the site can prove its customers
    ...(!allowSessionUpgrade &&
      guestAdmission(deployment) !== 'refused' && { guests: true as const }),
  };
}
