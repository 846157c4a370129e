import { Button } from '@mantine/core';
import { startAuthentication } from '@simplewebauthn/browser';
import { IconBuilding, IconFingerprint } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { staffSignIn } from '../api/staff-sign-in.ts';
import { words } from '../strings/words.ts';
import type { Attempt } from './use-attempt.ts';

const { signIn: w } = words;
/** What the node takes as a way back. */
const PLAIN_PATH = /^\/([\w-]+\/?)*$/;

/** Those that this node has beside the password. */
export function OtherWays({
  attempt,
  onDone,
}: {
  attempt: Attempt;
  onDone: () => Promise<unknown>;
}) {
  const ways = useQuery({ queryKey: ['ways'], queryFn: staffSignIn.ways });
  const { passkey = false, company = null } = ways.data ?? {};
  if (!passkey && !company) return null;
  const usePasskey = async () => {
    const optionsJSON = await staffSignIn.passkeyOptions();
    await staffSignIn.passkey(await startAuthentication({ optionsJSON }));
    await onDone();
  };
  const goToCompany = async () => {
    const path = location.pathname;
    const { url } = await staffSignIn.company(PLAIN_PATH.test(path) ? path : '/');
    location.assign(url);
  };
  return (
    <>
      <p className="sign-in-or secondary">{w.or}</p>
      {passkey ? (
        <Button
          variant="default"
          fullWidth
          leftSection={<IconFingerprint size={18} stroke={1.5} aria-hidden />}
          disabled={attempt.busy}
          onClick={() => void attempt.run(usePasskey)}
        >
          {w.passkey}
        </Button>
      ) : null}
      {company ? (
        <Button
          variant="default"
          fullWidth
          leftSection={<IconBuilding size={18} stroke={1.5} aria-hidden />}
          disabled={attempt.busy}
          onClick={() => void attempt.run(goToCompany)}
        >
          {w.company(company.name)}
        </Button>
      ) : null}
    </>
  );
}
