/**
 * What routing would do with a token, with a past conversation, or with what a customer says. The decision is
 * the one that routing takes; nothing is stored, and nothing is routed.
 */
import { type ContextVariable, DryRun, DryRunRequest, type Identity } from '@countersign/protocol';
import type { Deployment, Snapshot } from '../configuration/index.ts';
import { type ConversationRecord, identityAt } from '../conversations/index.ts';
import { isTokenSetting } from '../identity/index.ts';
import { Fault, newId, notFound } from '../platform/index.ts';
import {
  type RouteDecision,
  type RoutedFacts,
  signedContext,
  withCustomerValues,
} from '../routing/index.ts';
import { identityOfProof } from '../sessions/index.ts';
import { requireVisible } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';
import { requireConsoleUser, type Staff, staffRoles, supervises } from './staff.ts';

type Asked = RoutedFacts & Pick<DryRun, 'refusal'>;

export function dryRunRoute(parts: WorkspaceParts): void {
  const { http, identify, configuration, conversations, routing, identity, clock } = parts;

  http.post(
    '/api/routing/dry-run',
    { schema: { tags: ['Routing'], body: DryRunRequest, response: { 200: DryRun } } },
    async (request) => {
      const staff = await requireConsoleUser(identify, request);
      mayTry(staff);
      const at = timeOf(request.body.at);
      const asked = await askedOf(request.body, staff, at);
      const decision = await routing.dryRun(asked, at);
      if (!decision) throw notFound('workstream');
      return presentDryRun(decision, asked, configuration.current());
    },
  );

  function timeOf(at: string | undefined): number {
    const time = at === undefined ? clock.now() : Date.parse(at);
    if (Number.isNaN(time)) throw new Fault('invalid_time', 400, 'A time is ISO 8601, in UTC.');
    return time;
  }

  async function askedOf(body: DryRunRequest, staff: Staff, at: number): Promise<Asked> {
    if (body.conversation !== undefined && body.token !== undefined)
      throw new Fault('one_of_two', 400, 'Name a conversation or a token, not both.');
    if (body.conversation !== undefined)
      return withSaid(ofConversation(await pastConversation(body.conversation, staff), at), body);
    const deployment = configuration.current().deployments.get(body.deployment ?? '');
    if (!deployment) throw new Fault('unknown_deployment', 400, 'Name the deployment.');
    if (body.token === undefined) return withSaid(guestOf(deployment, body.locale), body);
    return withSaid(await ofToken(deployment, { ...body, token: body.token }), body);
  }

  /** A developer sees no conversation, and none of its facts either. */
  async function pastConversation(id: string, staff: Staff): Promise<ConversationRecord> {
    if (!supervises(staff))
      throw new Fault('forbidden', 403, 'This needs the role supervisor or administrator.');
    return requireVisible(staff, await conversations.read(id), configuration);
  }

  async function ofToken(
    deployment: Deployment,
    { token, setting, locale }: DryRunRequest & { token: string },
  ): Promise<Asked> {
    const { settings } = configuration.current();
    const found = setting === undefined ? deployment.setting : settings.get(setting);
    if (!found || !isTokenSetting(found)) throw notFound('authentication setting');
    const { tried, identity: proven } = await identity.examineToken(found, token);
    const guest = guestOf(deployment, locale);
    if (!proven) return { ...guest, refusal: refusalOf(tried) };
    const { variables } = signedContext(deployment.workstream.contextVariables, proven.facts);
    return {
      ...guest,
      identity: identityOfProof(proven),
      context: variables,
      locale: locale ?? proven.locale,
    };
  }

  function withSaid(asked: Asked, { context }: DryRunRequest): Asked {
    const workstream = configuration.current().workstreams.get(asked.workstreamId);
    const said = Object.entries(context ?? {});
    const definitions = workstream?.contextVariables ?? [];
    return { ...asked, context: withCustomerValues(asked.context, said, definitions) };
  }
}

function mayTry(staff: Staff): void {
  if (supervises(staff) || staffRoles(staff).includes('developer')) return;
  throw new Fault('forbidden', 403, 'This needs the role supervisor, administrator or developer.');
}

const GUEST: Identity = { state: 'anonymous' };

const guestOf = ({ id, workstream }: Deployment, locale: string | undefined): Asked => ({
  id: newId(),
  workstreamId: workstream.id,
  deploymentId: id,
  identity: GUEST,
  locale: locale ?? null,
  context: [],
  contactId: null,
});

/** What classification had set is set anew. */
const ofConversation = (record: ConversationRecord, at: number): Asked => ({
  ...record,
  identity: identityAt(record.identity, at),
  context: record.context.filter(({ origin }: ContextVariable) => origin !== 'system'),
});

const refusalOf = ({ reason, hint }: { reason: string | null; hint: string | null }) => ({
  reason: reason ?? 'malformed',
  remedy: hint ?? '',
});

function presentDryRun(
  decision: RouteDecision,
  { workstreamId, identity, refusal }: Asked,
  { queues, workstreams }: Snapshot,
): DryRun {
  const { context, classification, rule, because, overflow } = decision;
  const queue = queues.get(decision.queueId);
  const nameOf = (id: string) => queues.get(id)?.name ?? id;
  return {
    workstream: workstreams.get(workstreamId)?.name ?? '',
    identity,
    ...(refusal && { refusal }),
    context,
    classification,
    rules: decision.rules.map(({ targets, ...step }) => ({
      ...step,
      targets: targets.map(({ queueId, priority }) => ({ queue: nameOf(queueId), priority })),
    })),
    result: {
      queue: nameOf(decision.queueId),
      priority: decision.priority ?? queue?.priority ?? 100,
      routing: { rule, because },
      ...(overflow !== null && { overflow }),
    },
  };
}
