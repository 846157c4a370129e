import { Invitation, InvitationMade, InvitationRequest } from '@countersign/protocol';
import { Type } from 'typebox';
import { type Http, notFound } from '../../platform/index.ts';
import { type Identify, requireRole } from '../identify.ts';
import type { Invitations } from './invitations.ts';
import type { StaffLink } from './link-store.ts';

const tags = ['People'];
const Item = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** Links by which people set their own password. Administrators make, list and revoke them. */
export function invitationRoutes(
  http: Http,
  { identify, invitations }: { identify: Identify; invitations: Invitations },
): void {
  const made = { tags, body: InvitationRequest, response: { 201: InvitationMade } };
  http.post('/api/invitations', { schema: made }, async (request, reply) => {
    const by = await requireRole(identify, request, ['administrator']);
    const { link, url } = await invitations.make(by, request.body);
    return reply.code(201).send({ invitation: present(link), url });
  });

  const listed = { tags, response: { 200: Type.Object({ items: Type.Array(Invitation) }) } };
  http.get('/api/invitations', { schema: listed }, async (request) => {
    await requireRole(identify, request, ['administrator']);
    return { items: (await invitations.list()).map(present) };
  });

  const revoked = { tags, params: Item, response: { 204: Type.Null() } };
  http.delete('/api/invitations/:id', { schema: revoked }, async (request, reply) => {
    await requireRole(identify, request, ['administrator']);
    if (!(await invitations.revoke(request.params.id))) throw notFound('invitation');
    return reply.code(204).send(null);
  });
}

function present({ id, userId, email, name, startOver, createdBy, ...times }: StaffLink) {
  return {
    ...{ id, startOver, createdBy, userId: userId ?? '', email: email ?? '', name: name ?? '' },
    createdAt: times.createdAt.toISOString(),
    expiresAt: times.expiresAt.toISOString(),
  };
}
