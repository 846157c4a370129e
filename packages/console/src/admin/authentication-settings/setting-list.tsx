import type { AuthenticationSettingStatus, EntryOf } from '@countersign/protocol';
import { reasonName } from '../../attempts/reason-name.ts';
import { useSettings } from '../../attempts/use-settings.ts';
import { HealthPill } from '../../keys/health-pill.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';
import type { Column } from '../../table/sortable-table.tsx';
import { absolute, relative } from '../../time/format-time.ts';
import { useNow } from '../../time/use-now.ts';
import { ObjectList } from '../list/object-list.tsx';
import './authentication-settings.css';

const { settings: w } = adminWords;
const REFRESH_MS = 15_000;

type Setting = EntryOf<'authenticationSettings'>;
type StatusOf = (id: string) => AuthenticationSettingStatus | undefined;

/** How customers are proven, and how each way is doing. */
export function SettingList() {
  const now = useNow(30_000);
  const statuses = useSettings(REFRESH_MS);
  const statusOf: StatusOf = (id) => statuses.data?.items.find((one) => one.id === id);
  return (
    <ObjectList
      section="authenticationSettings"
      describe={({ object }) => w.types[object.type]}
      columns={columnsAt(now, statusOf)}
    >
      {statuses.isError && !statuses.data ? (
        <p className="screen-notice" role="status">
          {w.statusFailed}
        </p>
      ) : null}
    </ObjectList>
  );
}

const columnsAt = (now: number, statusOf: StatusOf): Column<Setting>[] => [
  {
    name: w.issuerOrUrl,
    value: null,
    cell: ({ object }) => (
      <>
        <span className="setting-url">{addressOf(object)}</span>
        {'owner' in object && object.owner ? (
          <div className="secondary">
            {w.owner}: {object.owner}
          </div>
        ) : null}
      </>
    ),
  },
  { name: w.health, value: null, cell: ({ id }) => <Health status={statusOf(id)} /> },
  {
    name: w.lastSuccess,
    value: null,
    cell: ({ id }) => {
      const last = statusOf(id)?.lastSuccess;
      return last ? <Ago at={last.at} now={now} /> : <span className="secondary">{w.never}</span>;
    },
  },
  {
    name: w.lastFailure,
    value: null,
    cell: ({ id }) => {
      const last = statusOf(id)?.lastFailure;
      if (!last) return <span className="secondary">{w.never}</span>;
      return (
        <>
          <Ago at={last.at} now={now} />
          <div className="secondary">{reasonName(last.reason)}</div>
        </>
      );
    },
  },
];

function addressOf(object: Setting['object']): string {
  if (object.type === 'openid-connect') return object.discoveryUri;
  return object.type === 'signed-token'
    ? (object.issuer ?? object.publicKeyUrl)
    : object.accessTokenUrl;
}

function Health({ status }: { status: AuthenticationSettingStatus | undefined }) {
  if (!status) return <span className="secondary">{w.noHealth}</span>;
  const { colour, why } = status.health;
  return (
    <span className={`health-${colour}`}>
      <HealthPill colour={colour} />
      {colour === 'green' ? null : <div className="secondary">{why}</div>}
    </span>
  );
}

const Ago = ({ at, now }: { at: string; now: number }) => (
  <time dateTime={at} title={absolute(at)}>
    {words.keys.ago(relative(at, now))}
  </time>
);
