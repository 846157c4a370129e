import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { accountApi } from '../api/account-api.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { Screen } from '../shell/screen.tsx';
import { words } from '../strings/words.ts';
import { accountKey } from './account-key.ts';
import { NameCard } from './name-card.tsx';
import { PasskeysCard } from './passkeys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import './account.css';

const { account: w } = words;

/** What a person signs in with, and where they are signed in. */
export function AccountScreen() {
  return (
    <Screen title={w.title} lead={w.lead} refusal={null}>
      <Cards />
      <SessionsCard />
    </Screen>
  );
}

function Cards() {
  const account = useQuery({ queryKey: accountKey, queryFn: accountApi.read });
  if (account.isPending) {
    return (
      <div className="screen-loading" role="status" aria-label={w.loading}>
        <Skeleton height={120} radius={12} />
        <Skeleton height={120} radius={12} />
      </div>
    );
  }
  if (!account.data) return <LoadFailed text={w.failed} onRetry={() => void account.refetch()} />;
  return (
    <>
      <NameCard account={account.data} />
      <PasswordCard account={account.data} />
      <SecondFactorCard account={account.data} />
      <PasskeysCard account={account.data} />
    </>
  );
}
