import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestError } from '../api/request.ts';
import { welcomeApi } from '../api/staff-sign-in.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import { CodeStep } from './code-step.tsx';
import { FirstAdministratorForm } from './first-administrator-form.tsx';
import { InvitationForm } from './invitation-form.tsx';
import { SignInCard } from './sign-in-card.tsx';

const { welcome: w } = words;

/** Anew, so that nothing of the link stays in the address or in memory. */
const enter = async (): Promise<void> => location.replace('/');

/** What the link `/welcome#TOKEN` opens. */
export function WelcomeScreen() {
  const [token] = useState(() => location.hash.slice(1));
  const [coded, setCoded] = useState(false);
  const found = useQuery({
    queryKey: ['welcome', token],
    queryFn: () => welcomeApi.look(token),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (coded) return <CodeStep onDone={enter} onBack={() => location.assign('/')} />;
  if (found.isPending) return null;
  if (found.isError) {
    const gone = found.error instanceof RequestError && found.error.code === 'link_gone';
    if (gone) return <LinkGone />;
    return <LoadFailed text={w.failed} onRetry={() => void found.refetch()} />;
  }
  if (found.data.kind === 'first') return <FirstAdministratorForm token={token} onDone={enter} />;
  return (
    <InvitationForm
      token={token}
      invitation={found.data}
      onStep={async (next) => (next === 'signed-in' ? enter() : setCoded(true))}
    />
  );
}

function LinkGone() {
  return (
    <SignInCard
      title={w.gone}
      lead={w.goneHint}
      problem={null}
      problemRef={null}
      onSubmit={() => location.assign('/')}
    >
      <Button type="submit" variant="default" fullWidth size="md">
        {w.toSignIn}
      </Button>
    </SignInCard>
  );
}
