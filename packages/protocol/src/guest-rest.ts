import { type Static, Type } from 'typebox';
import { StructuredMessage } from './guest-message.ts';
import { maybe } from './maybe.ts';

const DeploymentId = Type.String({ minLength: 1, maxLength: 64 });
const Short = Type.String({ maxLength: 4096 });

export const CodeExchangeRequest = Type.Object({
  deploymentId: DeploymentId,
  oauth: Type.Object({
    code: maybe(Short),
    idToken: maybe(Type.String({ maxLength: 32_768 })),
    redirectUri: maybe(Short),
    codeVerifier: maybe(Short),
    nonce: maybe(Short),
    maxAge: maybe(
      Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^\\d{1,9}$' })], {
        description: 'seconds; sites often send it as a string',
      }),
    ),
    iss: maybe(Short),
  }),
});
export type CodeExchangeRequest = Static<typeof CodeExchangeRequest>;

export const SignedTokenExchangeRequest = Type.Object({
  deploymentId: DeploymentId,
  token: Type.String({ maxLength: 65_536 }),
});
export type SignedTokenExchangeRequest = Static<typeof SignedTokenExchangeRequest>;

export const RefreshRequest = Type.Object({
  refreshToken: Type.String({ minLength: 1, maxLength: 4096 }),
  deploymentId: maybe(DeploymentId),
});
export type RefreshRequest = Static<typeof RefreshRequest>;

/** What the page's client function or `AuthProvider` did instead of giving a proof. */
export const SiteFaultReport = Type.Object({
  deploymentId: DeploymentId,
  fault: Type.Enum(['missing', 'threw', 'empty', 'timeout']),
});
export type SiteFaultReport = Static<typeof SiteFaultReport>;

export const TokenResponse = Type.Object({
  jwt: Type.String(),
  refreshToken: Type.Optional(Type.String()),
});
export type TokenResponse = Static<typeof TokenResponse>;

export const HistoryPage = Type.Object({
  entities: Type.Array(StructuredMessage, { description: 'newest first' }),
  pageSize: Type.Integer(),
  pageNumber: Type.Integer(),
  total: Type.Integer(),
  pageCount: Type.Integer(),
});
export type HistoryPage = Static<typeof HistoryPage>;

/** `GET /api/v2/webmessaging/wait`, our own addition; 204 to who does not wait. */
export const WaitAnswer = Type.Object({
  position: Type.Integer({ minimum: 1, description: 'within the queue' }),
  estimatedSeconds: Type.Optional(
    Type.Integer({ description: 'as the last of this queue have waited; none: nobody knows' }),
  ),
});
export type WaitAnswer = Static<typeof WaitAnswer>;

export const RestError = Type.Object({
  message: Type.String(),
  code: Type.String(),
  status: Type.Integer(),
  contextId: Type.String(),
  details: Type.Array(Type.Unknown()),
  errors: Type.Array(Type.Unknown()),
  reference: Type.Optional(Type.String({ description: 'of a refused sign-in: ABCD-EFGH' })),
});
export type RestError = Static<typeof RestError>;

const Switch = Type.Object({ enabled: Type.Boolean() });

/** `POST /api/v2/webmessaging/rating`, our own addition: once, after the conversation has ended. */
export const RatingRequest = Type.Object({
  score: Type.Integer({ minimum: 1, maximum: 5 }),
  comment: Type.Optional(Type.String({ maxLength: 500 })),
});
export type RatingRequest = Static<typeof RatingRequest>;

/** `config.json`: what clients read before they connect. */
export const DeploymentConfig = Type.Object({
  id: Type.String(),
  version: Type.String(),
  languages: Type.Array(Type.String()),
  defaultLanguage: Type.String(),
  apiEndpoint: Type.String(),
  status: Type.Enum(['Active', 'Inactive']),
  headlessMode: Switch,
  messenger: Type.Object({
    enabled: Type.Boolean(),
    apps: Type.Object({
      conversations: Type.Object({
        enabled: Type.Boolean(),
        messagingEndpoint: Type.String(),
        showAgentTypingIndicator: Type.Boolean(),
        showUserTypingIndicator: Type.Boolean(),
        autoStart: Switch,
        conversationDisconnect: Type.Object({
          enabled: Type.Boolean(),
          type: Type.Enum(['Send', 'ReadOnly']),
        }),
        conversationClear: Switch,
        markdown: Switch,
        humanize: Switch,
        notifications: Switch,
        sessionDurationSeconds: Type.Integer(),
      }),
      knowledge: Switch,
    }),
    styles: Type.Object({ primaryColor: Type.String() }),
    launcherButton: Type.Object({ visibility: Type.Enum(['On', 'Off', 'OnDemand']) }),
    homeScreen: Switch,
    fileUpload: Type.Object({
      enableAttachments: Type.Boolean(),
      modes: Type.Array(
        Type.Object({ fileTypes: Type.Array(Type.String()), maxFileSizeKB: Type.Integer() }),
      ),
    }),
    sessionPersistenceType: Type.Enum(['AcrossSubdomains', 'DomainOrSubdomainOnly']),
  }),
  journeyEvents: Switch,
  auth: Type.Object({ enabled: Type.Boolean(), allowSessionUpgrade: Type.Boolean() }),
  position: Type.Object({
    alignment: Type.Enum(['Auto', 'Left', 'Right']),
    sideSpace: Type.Integer(),
    bottomSpace: Type.Integer(),
  }),
  customI18nLabels: Type.Array(Type.Unknown()),
  /** Our own addition: what our messenger and its sign-in plugins need. */
  countersign: Type.Object({
    authentication: Type.Optional(
      Type.Object({
        type: Type.Enum(['openid-connect', 'signed-token']),
        clientFunction: Type.Optional(Type.String()),
        guests: Type.Optional(
          Type.Literal(true, { description: 'who gives no proof chats as a guest' }),
        ),
      }),
    ),
    name: Type.String(),
    primaryColor: Type.String(),
    around: Type.Optional(
      Type.Object(
        {
          survey: Type.Optional(
            Type.Array(
              Type.Object({
                name: Type.String({
                  description: 'of the custom attribute that the answer becomes',
                }),
                text: Type.String(),
                type: Type.Enum(['single-line', 'multi-line', 'options', 'consent']),
                required: Type.Boolean(),
                options: Type.Optional(Type.Array(Type.String())),
                link: Type.Optional(Type.String()),
              }),
              { description: 'to be answered before the chat' },
            ),
          ),
          closed: Type.Optional(
            Type.Object(
              {
                opensAt: Type.Optional(
                  Type.String({ description: 'ISO 8601; none: not within a year' }),
                ),
              },
              { description: 'outside the hours of this deployment' },
            ),
          ),
          rating: Type.Optional(
            Type.Object(
              { text: Type.Optional(Type.String()) },
              { description: 'to be asked for after the chat' },
            ),
          ),
        },
        { description: 'what stands around the chat' },
      ),
    ),
  }),
});
export type DeploymentConfig = Static<typeof DeploymentConfig>;

export const DeploymentDomains = Type.Object({
  allowAllDomains: Type.Boolean(),
  allowedDomains: Type.Array(Type.String()),
});
export type DeploymentDomains = Static<typeof DeploymentDomains>;
