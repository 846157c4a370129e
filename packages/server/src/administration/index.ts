import type { ConfigurationFault } from '@countersign/protocol';
import type { Logger } from 'pino';
import type { ConfigurationWriter, WatchedConfiguration } from '../configuration/index.ts';
import type { IdentityModule } from '../identity/index.ts';
import type { Clock, Database, Http, Seal } from '../platform/index.ts';
import type { Sessions } from '../sessions/index.ts';
import { administrationRoutes } from './administration-routes.ts';
import { type ApplyOptions, type ApplyResult, applyConfiguration } from './apply-configuration.ts';
import { attemptRoutes } from './attempt-routes.ts';
import { auditRoutes } from './audit/audit-routes.ts';
import { authenticationSettingRoutes } from './authentication-setting-routes.ts';
import { remoteReaders } from './configuration-file/index.ts';
import { exportRoute } from './export-route.ts';
import { genesysRoutes } from './genesys/index.ts';
import { applyingAs, type Identify } from './identify.ts';
import { draftRoutes } from './objects/draft-routes.ts';
import { type EffectParts, effectsOf, endSessionsOf } from './objects/object-effects.ts';
import { objectRoutes } from './objects/object-routes.ts';
import { createStaffSignIn, type StaffSignInParts } from './staff/index.ts';

export { applyFile, type RunApply, runApply } from './apply.ts';
export { auditWriter } from './audit/record-audit.ts';
export { type RunExport, runExport } from './export-command.ts';
export { type Identify, requireRole, rolesOf, type Staff, type WithHeaders } from './identify.ts';
export { administrationMigrations } from './migrations.ts';
export type { CompanyProvider } from './staff/index.ts';

export interface AdministrationParts extends EffectParts {
  http: Http;
  database: Database;
  seal: Seal;
  clock: Clock;
  log: Logger;
  configuration: WatchedConfiguration;
  writer: ConfigurationWriter;
  identity: Pick<IdentityModule, 'attempts' | 'tryToken' | 'settingStatuses' | 'refetchKeys'>;
  sessions: EffectParts['sessions'] & Pick<Sessions, 'wouldBeRefused'>;
  publicUrl: string;
  company?: StaffSignInParts['company'];
}

export interface Administration {
  /** Of a request or an upgrade. Null: not signed in, and no known API key. */
  identify: Identify;
  /** The link by which the first administrator comes in; a new one each time. Null: there are users. */
  offerFirstAdministrator(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * Who may change what: adds what people sign in by (`staff/`), `/api/configuration`, `/api/audit`,
 * `/api/attempts`, `/api/authentication-settings`, and the same in the words of Genesys (`genesys/`).
 */
export async function createAdministration(parts: AdministrationParts): Promise<Administration> {
  const { http, clock, configuration, writer } = parts;
  const { identify, first } = createStaffSignIn(parts);
  await administrationRoutes(http, {
    identify,
    async apply(text, staff, options) {
      const author = applyingAs(staff, 'file');
      const apply = { writer, clock };
      const run = (how: ApplyOptions) =>
        applyConfiguration(apply, text, remoteReaders, author, how);
      if (options.prune) {
        const held = await heldByConversations(await run({ ...options, rehearse: true }));
        if (held.length > 0) return { faults: held };
      }
      const result = await run(options);
      // Whoever was told "applied" finds it in force on this node.
      if ('faults' in result || options.rehearse) return result;
      await configuration.refresh();
      for (const { kind, id, action } of result.changes) {
        if (action !== 'deleted') continue;
        await endSessionsOf(parts, { section: kind, id }, author.origin.actor.name);
      }
      return result;
    },
  });
  exportRoute({ ...parts, identify });
  objectRoutes({ ...parts, identify });
  draftRoutes({ ...parts, identify });
  auditRoutes({ ...parts, identify });
  attemptRoutes({ ...parts, identify });
  authenticationSettingRoutes({ ...parts, identify });
  await genesysRoutes({ ...parts, identify });
  return { identify, offerFirstAdministrator: first.offer, close: async () => {} };

  /** What open conversations hang on is not deleted, by a file as little as by hand. */
  async function heldByConversations(rehearsed: ApplyResult): Promise<ConfigurationFault[]> {
    if ('faults' in rehearsed) return [];
    const faults: ConfigurationFault[] = [];
    for (const { kind, id, name, action } of rehearsed.changes) {
      if (action !== 'deleted') continue;
      const object = { section: kind, id };
      const { openConversations } = await effectsOf(parts, configuration.stored(), object);
      if (openConversations === 0) continue;
      const message = `${kind} ${name} cannot be deleted: ${openConversations} open conversations hang on it`;
      faults.push({ line: 1, column: 1, path: '', message });
    }
    return faults;
  }
}
