import { useWorkspaceState } from '../../live/use-workspace.ts';
import { administers } from '../../shell/roles.ts';
import { Screen } from '../../shell/screen.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';

export function AuditScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  return (
    <Screen
      title={adminWords.navigation.audit}
      lead=""
      refusal={administers(roles) ? null : adminWords.list.notAllowed}
    >
      {null}
    </Screen>
  );
}
