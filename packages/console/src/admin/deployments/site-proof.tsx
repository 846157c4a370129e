import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { administrationApi } from '../../api/administration-api.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectLink } from '../object/object-link.tsx';
import { entriesKey } from '../object/use-entry.ts';

const { deployments: w } = adminWords;

/** The entry with exactly this name; null: there is none. */
const named = async <S extends 'messengerConfigurations' | 'authenticationSettings'>(
  section: S,
  name: string,
) => {
  const found = await administrationApi.entries(section, { search: name, limit: 50 });
  return found.items.find((entry) => entry.name === name) ?? null;
};

/** Undefined: nobody signs in with this messenger. Null: the setting cannot be read. */
async function settingOf(configuration: string) {
  const messenger = await named('messengerConfigurations', configuration);
  if (!messenger) return null;
  const { enabled, setting } = messenger.object.authentication;
  return enabled && setting ? named('authenticationSettings', setting) : undefined;
}

/** What the site has to do so that its signed-in customers are known. */
export function SiteProof({ configuration }: { configuration: string }) {
  const setting = useQuery({
    queryKey: [...entriesKey, 'setting of', configuration],
    queryFn: async () => ({ found: await settingOf(configuration) }),
  });
  if (setting.isPending) return <Skeleton height={40} />;
  const found = setting.data?.found;
  if (setting.isError || found === null) return <p>{w.proofUnknown}</p>;
  if (found === undefined) return <p>{w.proofNone}</p>;
  const { object } = found;
  return (
    <>
      <p>
        {object.type === 'signed-token'
          ? w.proofFunction(object.clientFunction)
          : w.proofOpenIdConnect}
      </p>
      <p>
        <ObjectLink section="authenticationSettings" id={found.id}>
          {found.name}
        </ObjectLink>
      </p>
    </>
  );
}
