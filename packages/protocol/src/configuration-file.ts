import { type Static, type TProperties, type TSchema, Type } from 'typebox';
import {
  Base64,
  Color,
  Day,
  Email,
  flag,
  GlobalFunction,
  HostName,
  Hours,
  Id,
  Language,
  MediaType,
  Name,
  OpenedSecret,
  Priority,
  reference,
  SecretSource,
  ShortName,
  seconds,
  text,
  UtcMinute,
  WebUrl,
} from './configuration-values.ts';
import { AuthenticationMethod, IdentityState } from './identity.ts';

/**
 * The configuration file (spec/configuration-file.md): every key, strict. A key that has a default
 * may be left out of the file; it is there once the file has been read.
 */
const strict = <P extends TProperties>(properties: P, options: { default?: object } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

const listOf = <T extends TSchema>(item: T, description: string) =>
  Type.Array(item, { default: [], maxItems: 10_000, description });

const settingKeys = { id: Type.Optional(Id), name: ShortName };

/** How long a proof stands before the customer must prove themselves again. */
const Reproof = Type.Union(
  [Type.Enum(['session', 'token']), Type.Integer({ minimum: 30, maximum: 7_776_000 })],
  {
    default: 'session',
    expected: "'session', 'token' or a number of seconds from 30 to 7776000",
    description:
      "session: as long as the session; token: until the token's own end; else seconds after the proof",
  },
);

/** What becomes of guests where customers must sign in; a proof that fails is refused in each. */
export const Enforcement = Type.Enum(['off', 'observe', 'enforced'], {
  default: 'enforced',
  description:
    'guests where customers must sign in: enforced refuses them, observe admits and counts them, off admits them',
});
export type Enforcement = Static<typeof Enforcement>;

const objectKeys = { id: Type.Optional(Id), name: Name };
const description = Type.Optional(text(4000, 'for those who administer it'));

const openIdConnectSetting = <S extends TSchema>(secret: S) =>
  strict({
    ...settingKeys,
    description,
    type: Type.Literal('openid-connect'),
    discoveryUri: WebUrl,
    clientId: text(256, 'as registered at the provider'),
    clientSecret: Type.Optional(secret),
    clientAuthentication: Type.Enum(
      ['auto', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      { default: 'auto', description: 'auto: as the discovery document says' },
    ),
    privateKey: Type.Optional(secret),
    privateKeyId: Type.Optional(text(128, 'kid of the private key at the provider')),
    providerHosts: listOf(HostName, 'hosts of the provider besides that of the discovery URI'),
    userInfo: flag(false, "ask the provider's userinfo endpoint for further claims"),
    reproof: Reproof,
    refreshTokenLifetime: seconds(900, 7_776_000, 86_400, 'how long a sign-in can be renewed'),
    implicitFlow: flag(false, 'accept an ID token from the page'),
    contextClaims: listOf(ShortName, 'claims that become signed context variables'),
    clockTolerance: seconds(0, 300, 30, 'clock difference to the provider that is forgiven'),
    enforcement: Enforcement,
  });

const SignedTokenSetting = strict({
  ...settingKeys,
  type: Type.Literal('signed-token'),
  owner: Type.Optional(Email),
  publicKeyUrl: WebUrl,
  clientFunction: Type.String({ ...GlobalFunction, default: 'auth.getAuthenticationToken' }),
  issuer: Type.Optional(text(256, 'when given the token must match')),
  audience: Type.Optional(text(256, 'when given the token must match')),
  clockTolerance: seconds(0, 300, 30, 'clock difference to the portal that is forgiven'),
  maxLifetime: seconds(60, 7_776_000, 86_400, 'longest life of a token that is accepted'),
  singleUse: flag(false, 'a token counts once; it needs a `jti`'),
  reproof: Reproof,
  enforcement: Enforcement,
});

/**
 * Of the URL at which a customer of Apple Messages signs in: the device builds it, and these are ours to say
 * (spec/apple-messages-for-business.md §9.2), with what binds a sign-in to its request.
 */
export const OUR_OAUTH_PARAMETERS: ReadonlySet<string> = new Set([
  ...['client_id', 'redirect_uri', 'response_type', 'scope', 'state'],
  ...['nonce', 'code_challenge', 'code_challenge_method'],
]);

const appleOauthSetting = <S extends TSchema>(secret: S) =>
  strict({
    ...settingKeys,
    type: Type.Literal('apple-oauth'),
    clientId: text(100, 'as registered at the provider'),
    clientSecret: secret,
    scopes: listOf(text(100, 'asked of the provider'), 'scopes'),
    accessTokenUrl: WebUrl,
    decryptedTokenUrl: WebUrl,
    additionalParameters: Type.Optional(text(1000, 'added to the sign-in URL')),
    accessTokenExpiry: seconds(10, 7_776_000, 3_600, 'until the identity lapses'),
    richMessages: listOf(reference('an authentication rich message'), 'sent to ask for sign-in'),
    clientAuthentication: Type.Optional(
      Type.Enum(['client_secret_post', 'client_secret_basic'], {
        description: 'where the secret stands when a code is redeemed; in the body without it',
      }),
    ),
    pkce: Type.Optional(Type.Boolean({ description: 'code challenge (RFC 7636); on without it' })),
    issuer: Type.Optional(text(256, 'whose ID tokens are verified, with `keysUrl`')),
    keysUrl: Type.Optional(WebUrl),
    subjectClaims: Type.Optional(
      Type.Array(text(100, 'a claim of the profile'), { minItems: 1, maxItems: 5 }),
    ),
  });

const hoursOfDay = Type.Optional(Type.Array(Hours, { maxItems: 24 }));

const OperatingHours = strict({
  ...objectKeys,
  timeZone: text(64, 'IANA name'),
  weekly: strict({
    mon: hoursOfDay,
    tue: hoursOfDay,
    wed: hoursOfDay,
    thu: hoursOfDay,
    fri: hoursOfDay,
    sat: hoursOfDay,
    sun: hoursOfDay,
  }),
  holidays: listOf(strict({ name: Name, date: Day }), 'closed all day'),
});

/** Beyond this the queue overflows; `transfer` names the other queue. */
const overflow = (actions: ('end' | 'transfer' | 'assign')[]) => ({
  action: Type.Enum(actions),
  queue: Type.Optional(reference('a queue')),
});

const Queue = strict({
  ...objectKeys,
  priority: Priority,
  assignment: Type.Enum(['highest-capacity', 'round-robin', 'longest-idle'], {
    default: 'highest-capacity',
  }),
  operatingHours: Type.Optional(reference('operating hours')),
  overflow: Type.Optional(
    strict({
      outsideHours: Type.Optional(strict(overflow(['end', 'transfer', 'assign']))),
      length: Type.Optional(
        strict({
          above: Type.Integer({ minimum: 1, maximum: 100, description: 'waiting conversations' }),
          ...overflow(['end', 'transfer', 'assign']),
        }),
      ),
      waitingTime: Type.Optional(
        strict({
          above: Type.Integer({ minimum: 60, maximum: 172_800, description: 'seconds' }),
          ...overflow(['end', 'transfer']),
        }),
      ),
    }),
  ),
  members: listOf(Email, 'agents, by the email of a user'),
});

const Comparable = Type.Union([Type.String({ maxLength: 4000 }), Type.Number()], {
  expected: 'a text in quotes or a number',
});
const Text = Type.String({ minLength: 1, maxLength: 4000 });

/** Exactly one stands beside `variable`; texts are compared exactly, numbers as numbers. */
const textOperators = {
  is: Type.Optional(Comparable),
  isNot: Type.Optional(Comparable),
  contains: Type.Optional(Text),
  beginsWith: Type.Optional(Text),
  in: Type.Optional(Type.Array(Comparable, { minItems: 1, maxItems: 100 })),
  hasValue: Type.Optional(Type.Boolean()),
};
const numberOperators = {
  above: Type.Optional(Type.Number()),
  below: Type.Optional(Type.Number()),
  atLeast: Type.Optional(Type.Number()),
  atMost: Type.Optional(Type.Number()),
  between: Type.Optional(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })),
};

/** When a rule matches. */
const Condition = Type.Cyclic(
  {
    Condition: Type.Union(
      [
        strict({ all: Type.Array(Type.Ref('Condition'), { minItems: 1, maxItems: 100 }) }),
        strict({ any: Type.Array(Type.Ref('Condition'), { minItems: 1, maxItems: 100 }) }),
        strict({ not: Type.Ref('Condition') }),
        strict({ authenticated: Type.Boolean() }),
        strict({ identity: Type.Array(IdentityState, { minItems: 1, maxItems: 4 }) }),
        strict({ method: AuthenticationMethod }),
        strict({ setting: reference('an authentication setting') }),
        strict({ deployment: reference('a deployment') }),
        strict({ locale: Type.String({ ...Language, description: 'de is also de-AT' }) }),
        strict({
          hours: reference('operating hours'),
          open: Type.Optional(Type.Boolean({ description: 'default: true' })),
        }),
        strict({ contact: Type.Enum(['id', 'name', 'email', 'phone']), ...textOperators }),
        strict({
          variable: ShortName,
          ...textOperators,
          ...numberOperators,
          signed: Type.Optional(
            Type.Boolean({ description: 'only values that a proof vouches for' }),
          ),
        }),
      ],
      {
        expected:
          'a map with one of all, any, not, authenticated, identity, method, setting, deployment, locale, hours, contact, variable',
      },
    ),
  },
  'Condition',
);

/** Runs before routing: of each ruleset the first rule that matches sets its values. */
const Classification = strict({
  name: Name,
  rules: Type.Array(
    strict({
      when: Condition,
      set: Type.Array(strict({ variable: ShortName, value: Comparable }), {
        default: [],
        maxItems: 5,
        description: 'context variables, with the origin system',
      }),
      priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    }),
    { minItems: 1, maxItems: 100 },
  ),
});

/** What happens that a customer can be told of by itself. */
export const AutomatedTrigger = Type.Enum([
  'agent-assigned',
  'agent-joined',
  'agent-ended',
  'agent-disconnected',
  'customer-disconnected',
  'queued',
  'position-in-queue',
  'next-in-line',
  'average-wait',
  'outside-hours',
  'holiday',
  'transferred',
  'overflow-ended',
  'session-ended',
]);
export type AutomatedTrigger = Static<typeof AutomatedTrigger>;

const AutomatedMessage = strict({
  on: AutomatedTrigger,
  locale: Type.String({ ...Language, default: 'en' }),
  text: text(1000, 'may contain {AgentName}, {QueueName}, {Position}, {Minutes}, {$Variable$}'),
});

const Workstream = strict({
  ...objectKeys,
  channel: Type.Enum(['web', 'apple'], { default: 'web' }),
  distribution: Type.Enum(['push', 'pick'], { default: 'push' }),
  capacity: Type.Integer({
    minimum: 0,
    maximum: 100_000,
    default: 30,
    description: "units one conversation takes of an agent's capacity",
  }),
  offerTimeout: seconds(1, 86_400, 120, 'how long an agent may think about an offer'),
  contextVariables: listOf(
    strict({ name: ShortName, type: Type.Enum(['text', 'number'], { default: 'text' }) }),
    'facts about a conversation, by exact name',
  ),
  classification: Type.Array(Classification, {
    default: [],
    maxItems: 10,
    description: 'rulesets that run in order before routing',
  }),
  routeToQueue: listOf(
    strict({
      when: Condition,
      queue: Type.Optional(reference('a queue')),
      allocate: Type.Optional(
        Type.Array(
          strict({
            queue: reference('a queue'),
            percent: Type.Integer({ minimum: 1, maximum: 100 }),
          }),
          { minItems: 2, maxItems: 5, description: 'in place of queue; the percentages make 100' },
        ),
      ),
      priority: Priority,
    }),
    'in order; the first that matches and whose queue does not overflow',
  ),
  fallbackQueue: reference('a queue'),
  declines: Type.Integer({
    minimum: 1,
    maximum: 5,
    default: 3,
    description: 'after so many declines an agent is not offered that conversation again',
  }),
  wrapUp: seconds(0, 3_600, 0, 'for notes after the end, with the capacity still taken'),
  keepSameAgent: flag(false, 'offer a returning customer to their last agent first'),
  automatedMessages: listOf(AutomatedMessage, 'told to the customer by itself'),
});

const bubble = {
  receivedMessage: text(512, 'shown to the customer'),
  replyMessage: text(512, 'shown once the customer has answered'),
};
const identifier = text(64, 'unique within the message');

/** Bubbles of Apple Messages for Business (spec/apple-messages-for-business.md §5, §12.3). */
const RichMessage = Type.Union([
  strict({ ...objectKeys, type: Type.Literal('authentication'), ...bubble }),
  strict({
    ...objectKeys,
    type: Type.Literal('quick-reply'),
    summaryText: text(512, 'shown once the customer has chosen'),
    items: Type.Array(strict({ identifier, title: text(200, 'a choice') }), {
      minItems: 2,
      maxItems: 5,
    }),
  }),
  strict({
    ...objectKeys,
    type: Type.Literal('list-picker'),
    ...bubble,
    sections: Type.Array(
      strict({
        title: text(200, 'above its items'),
        multipleSelection: flag(false, 'more than one of its items may be chosen'),
        items: Type.Array(
          strict({
            identifier,
            title: text(200, 'a choice'),
            subtitle: Type.Optional(text(200, 'under the title')),
          }),
          { minItems: 1, maxItems: 100 },
        ),
      }),
      { minItems: 1, maxItems: 20 },
    ),
  }),
  strict({
    ...objectKeys,
    type: Type.Literal('time-picker'),
    ...bubble,
    title: text(200, 'what the time is for'),
    timezoneOffset: Type.Optional(
      Type.Integer({
        minimum: -720,
        maximum: 840,
        description: 'minutes; without it the zone of the device',
      }),
    ),
    timeslots: Type.Array(
      strict({
        identifier,
        startTime: UtcMinute,
        duration: Type.Integer({ minimum: 60, maximum: 2_592_000, description: 'seconds' }),
      }),
      { minItems: 1, maxItems: 100 },
    ),
  }),
  strict({
    ...objectKeys,
    type: Type.Literal('rich-link'),
    url: Type.String({ ...WebUrl, maxLength: 2048 }),
    title: text(200, 'beside the picture'),
    image: Type.Optional(
      strict({
        mediaType: Type.Enum(['image/jpeg', 'image/png']),
        data: Base64,
      }),
    ),
  }),
]);

const QuickReply = strict({
  id: Type.Optional(Id),
  title: Name,
  locale: Type.String({ ...Language, default: 'en' }),
  tags: listOf(text(100, 'to find it by'), 'tags'),
  workstreams: listOf(reference('a workstream'), 'where it is offered; none: everywhere'),
  text: text(4000, 'may contain slugs such as {FirstName{Customer}}'),
});

const PreChatQuestion = strict({
  name: ShortName,
  text: text(512, 'shown to the customer'),
  type: Type.Enum(['single-line', 'multi-line', 'options', 'consent'], { default: 'single-line' }),
  required: flag(false, 'the chat starts only with an answer'),
  options: Type.Optional(Type.Array(text(200, 'a choice'), { minItems: 1, maxItems: 100 })),
  link: Type.Optional(WebUrl),
});

const MessengerConfiguration = strict({
  ...objectKeys,
  description,
  authentication: strict(
    {
      enabled: flag(false, 'customers can sign in'),
      setting: Type.Optional(reference('an authentication setting')),
      allowSessionUpgrade: flag(false, 'a guest may sign in during the chat (step-up)'),
    },
    { default: {} },
  ),
  languages: Type.Array(Language, { minItems: 1, maxItems: 100, default: ['en'] }),
  preChatSurvey: Type.Optional(
    strict({ questions: Type.Array(PreChatQuestion, { minItems: 1, maxItems: 10 }) }),
  ),
  rating: strict(
    {
      enabled: flag(false, 'asks for a rating after the chat'),
      text: Type.Optional(text(512, 'in place of the usual question')),
    },
    { default: {} },
  ),
  conversations: strict(
    {
      disconnect: Type.Enum(['Off', 'Send', 'ReadOnly'], {
        default: 'Off',
        description: 'what the customer sees once the agent has ended the conversation',
      }),
      clear: flag(false, 'the customer may clear the conversation'),
      typing: flag(true, 'typing indicators, both ways'),
      sessionDuration: seconds(1, 31_536_000, 259_200, 'without a message until a session ends'),
    },
    { default: {} },
  ),
  appearance: strict(
    {
      primaryColor: Type.String({ ...Color, default: '#0b5fff' }),
      launcher: Type.Enum(['On', 'Off', 'OnDemand'], { default: 'On' }),
      position: Type.Enum(['Auto', 'Left', 'Right'], { default: 'Auto' }),
    },
    { default: {} },
  ),
  attachments: strict(
    {
      enabled: flag(false, 'customers may send files'),
      fileTypes: listOf(MediaType, 'accepted media types'),
      maxFileSizeKB: Type.Integer({ minimum: 1, maximum: 102_400, default: 10_240 }),
    },
    { default: {} },
  ),
});

const Deployment = strict({
  ...objectKeys,
  description,
  configuration: reference('a messenger configuration'),
  workstream: reference('a workstream'),
  status: Type.Enum(['Active', 'Inactive'], { default: 'Active' }),
  allowAllDomains: flag(false, 'any site may embed the messenger'),
  allowedDomains: listOf(HostName, 'sites that may, with their subdomains'),
  operatingHours: Type.Optional(reference('operating hours')),
});

const appleAccount = <S extends TSchema>(secret: S) =>
  strict({
    ...objectKeys,
    businessId: Id,
    mspId: Id,
    mspSecret: Type.Union([secret, Type.Array(secret, { minItems: 1, maxItems: 2 })], {
      expected:
        'a text, { env: NAME } or { file: PATH }, or a list of two while the secret is changed',
    }),
    gatewayUrl: Type.String({ ...WebUrl, default: 'https://mspgw.push.apple.com/v1' }),
    workstream: reference('a workstream'),
    authentication: strict(
      {
        enabled: flag(false, 'customers can sign in'),
        setting: Type.Optional(reference('an authentication setting')),
      },
      { default: {} },
    ),
  });

const Roles = Type.Array(
  Type.Enum(['agent', 'supervisor', 'administrator', 'developer', 'secrets']),
  { minItems: 1, maxItems: 5, uniqueItems: true },
);

const user = <S extends TSchema>(secret: S) =>
  strict({
    id: Type.Optional(Id),
    email: Email,
    name: Name,
    nickname: Type.Optional(text(256, 'what customers see; default: the name')),
    roles: Roles,
    capacity: Type.Integer({ minimum: 0, maximum: 100_000, default: 100, description: 'units' }),
    password: Type.Optional(secret),
    passwordHash: Type.Optional(secret),
  });

/** Either the key itself or its SHA-256 in hexadecimal digits, which is what is stored of it. */
const apiKey = <S extends TSchema>(secret: S) =>
  strict({
    ...objectKeys,
    token: Type.Optional(secret),
    tokenHash: Type.Optional(secret),
    roles: Roles,
  });

export const WebhookEvent = Type.Enum([
  'conversation.opened',
  'conversation.authenticated',
  'conversation.lapsed',
  'conversation.signed-out',
  'conversation.queued',
  'conversation.assigned',
  'conversation.transferred',
  'conversation.ended',
  'conversation.rated',
]);
export type WebhookEvent = Static<typeof WebhookEvent>;

const webhook = <S extends TSchema>(secret: S) =>
  strict({
    id: Type.Optional(Id),
    url: WebUrl,
    secret,
    events: Type.Array(WebhookEvent, { minItems: 1, uniqueItems: true }),
  });

/** Every section, with `secret` where a secret stands. */
export const configurationFile = <S extends TSchema>(secret: S) =>
  strict({
    authenticationSettings: listOf(
      Type.Union([openIdConnectSetting(secret), SignedTokenSetting, appleOauthSetting(secret)]),
      'how customers are proven',
    ),
    operatingHours: listOf(OperatingHours, 'when queues are open'),
    queues: listOf(Queue, 'where conversations wait for agents'),
    workstreams: listOf(Workstream, 'streams of work of a channel'),
    richMessages: listOf(RichMessage, 'messages of Apple Messages for Business'),
    quickReplies: listOf(QuickReply, 'texts that agents send often'),
    messengerConfigurations: listOf(MessengerConfiguration, 'look and behaviour of messengers'),
    deployments: listOf(Deployment, 'places where a messenger configuration is live'),
    appleAccounts: listOf(appleAccount(secret), 'accounts of Apple Messages for Business'),
    users: listOf(user(secret), 'people of the company'),
    apiKeys: listOf(apiKey(secret), 'keys of programs'),
    webhooks: listOf(webhook(secret), 'where events are sent'),
  });

/** The file as written: secrets are texts or name where they stand. */
export const ConfigurationFile = configurationFile(SecretSource);
export type ConfigurationFile = Static<typeof ConfigurationFile>;

/** The file as read: defaults filled in, every secret opened. */
export const OpenedConfigurationFile = configurationFile(OpenedSecret);
export type OpenedConfigurationFile = Static<typeof OpenedConfigurationFile>;

/** A fault of a file: `line` and `column` from 1, `path` such as `deployments[0].workstream`. */
export const ConfigurationFault = Type.Object({
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
  path: Type.String(),
  message: Type.String(),
});
export type ConfigurationFault = Static<typeof ConfigurationFault>;

/** What applying did to one object. */
export const ConfigurationChange = Type.Object({
  kind: Type.String({ description: 'section of the file' }),
  name: Type.String({ description: 'users: the email' }),
  action: Type.Enum(['created', 'updated', 'unchanged', 'deleted']),
});
export type ConfigurationChange = Static<typeof ConfigurationChange>;
