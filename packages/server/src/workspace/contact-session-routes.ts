import { ContactSession } from '@countersign/protocol';
import { Type } from 'typebox';
import { notFound } from '../platform/index.ts';
import type { DeviceSession, SignOutBy } from '../sessions/index.ts';
import type { WorkspaceParts } from './index.ts';
import { time } from './present.ts';
import { type Staff, staffId, staffName } from './staff.ts';
import { visibleContact } from './visible-contact.ts';

const tags = ['People and queues'];
const uuid = Type.String({ format: 'uuid' });
const Id = Type.Object({ id: uuid });

/** On which devices a customer is signed in, and how the company ends that. */
export function contactSessionRoutes(parts: WorkspaceParts): void {
  const { http, sessions, configuration, clock } = parts;

  http.get(
    '/api/contacts/:id/sessions',
    {
      schema: {
        tags,
        params: Id,
        response: { 200: Type.Object({ items: Type.Array(ContactSession) }) },
      },
    },
    async (request) => {
      const { contact } = await visibleContact(parts, request);
      const devices = await sessions.devicesOf(contact.identities);
      return { items: devices.map(present) };
    },
  );

  http.delete(
    '/api/contacts/:id/sessions/:session',
    {
      schema: {
        tags,
        params: Type.Object({ id: uuid, session: uuid }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { staff, contact } = await visibleContact(parts, request, 'session');
      const devices = await sessions.devicesOf(contact.identities);
      const device = devices.find(({ id }) => id === request.params.session);
      if (!device) throw notFound('session');
      await sessions.signOut({ of: 'sign-in', grantId: device.grantId }, by(staff));
      return reply.code(204).send(null);
    },
  );

  http.post(
    '/api/contacts/:id/sign-out',
    {
      schema: {
        tags,
        params: Id,
        response: { 200: Type.Object({ ended: Type.Integer({ minimum: 0 }) }) },
      },
    },
    async (request) => {
      const { staff, contact } = await visibleContact(parts, request);
      let ended = 0;
      for (const { settingId, subject } of contact.identities)
        ended += await signOutEverywhere({ settingId, subject }, staff);
      return { ended };
    },
  );

  async function signOutEverywhere(
    person: { settingId: string; subject: string },
    staff: Staff,
  ): Promise<number> {
    let ended = await sessions.signOut({ of: 'person', ...person }, by(staff));
    for (const channel of Object.values(parts.channelSignIns ?? {}))
      ended += await channel.signOut(person);
    return ended;
  }

  function present(device: DeviceSession): ContactSession {
    const { settings, deployments } = configuration.current();
    const { id, until } = device;
    return {
      id,
      deployment: deployments.get(device.deploymentId)?.name ?? 'deleted deployment',
      setting: settings.get(device.settingId)?.name ?? 'deleted setting',
      ...(device.device === null ? {} : { device: device.device }),
      createdAt: time(device.createdAt),
      lastSeenAt: time(device.lastSeenAt),
      until: until === null ? null : time(until),
      state: until !== null && until <= clock.now() ? 'lapsed' : 'verified',
    };
  }
}

const by = (staff: Staff): SignOutBy => ({
  door: 'staff',
  role: 'agent',
  senderId: staffId(staff),
  senderName: staffName(staff),
});
