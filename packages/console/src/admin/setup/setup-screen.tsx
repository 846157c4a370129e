import { Screen } from '../../shell/screen.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';

export function SetupScreen() {
  return (
    <Screen title={adminWords.navigation.setup} lead="" refusal={null}>
      {null}
    </Screen>
  );
}
