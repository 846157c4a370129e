import type { InboxCounts } from '@countersign/protocol';
import { Link } from '@tanstack/react-router';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import { type View, viewAddress } from './view.ts';
import { sameView, type ViewLink, viewLinks } from './view-links.tsx';
import './view-navigation.css';

/** The views beside the list. On narrow screens the list's header has them in a menu. */
export function ViewNavigation({ view, counts }: { view: View; counts: InboxCounts }) {
  const queues = useWorkspaceState((state) => state.queues);
  const own = useWorkspaceState((state) => state.me.queues);
  const links = viewLinks(counts, queues, own);
  return (
    <nav className="views" aria-label={words.view.title}>
      <h1>{words.view.title}</h1>
      <Group links={links.main} view={view} />
      {links.queues.length > 0 ? (
        <Group title={words.view.queues} links={links.queues} view={view} />
      ) : null}
      <Group title={words.view.identity} links={links.identity} view={view} />
    </nav>
  );
}

function Group(props: { title?: string; links: ViewLink[]; view: View }) {
  return (
    <>
      {props.title ? <h2>{props.title}</h2> : null}
      <ul>
        {props.links.map((link) => (
          <li key={link.label}>
            <ViewItem link={link} chosen={sameView(link.view, props.view)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ViewItem({ link, chosen }: { link: ViewLink; chosen: boolean }) {
  const { kind, name } = viewAddress(link.view);
  return (
    <Link
      to="/inbox/$view"
      params={{ view: kind }}
      search={(before) => ({
        ...(before.sort ? { sort: before.sort } : {}),
        ...(name ? { name } : {}),
      })}
      className={`views-item ${chosen ? 'views-chosen' : ''}`}
      aria-current={chosen ? 'page' : undefined}
    >
      {link.view.kind === 'identity' ? <IdentityGlyph state={link.view.state} silent /> : null}
      <span className="views-label">{link.label}</span>
      <span className="views-count">
        <span aria-hidden="true">{link.count}</span>
        <span className="unseen">, {words.view.open(link.count)}</span>
      </span>
    </Link>
  );
}
