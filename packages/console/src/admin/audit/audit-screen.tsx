import { useSearch } from '@tanstack/react-router';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { administers } from '../../shell/roles.ts';
import { Screen } from '../../shell/screen.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditLog } from './audit-log.tsx';
import { Exports } from './exports.tsx';
import './audit.css';

const { audit: w } = adminWords;

/** Who changed what, and everything there is as a file. */
export function AuditScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  const search = useSearch({ from: '/administration/admin/audit' });
  const refusal = administers(roles) ? null : adminWords.list.notAllowed;
  return (
    <Screen title={adminWords.navigation.audit} lead={w.lead} refusal={refusal}>
      <AuditFilters search={search} />
      <AuditLog search={search} />
      <Exports />
    </Screen>
  );
}
