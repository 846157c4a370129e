import type { InboxCounts } from '@countersign/protocol';
import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { ChoiceItem } from '../menu/choice-item.tsx';
import { words } from '../strings/words.ts';
import { type Sort, sorts, type View, viewAddress } from './view.ts';
import { sameView, type ViewLink, viewCount, viewLabel, viewLinks } from './view-links.tsx';
import './list-header.css';

interface Props {
  view: View;
  counts: InboxCounts;
  sort: Sort;
}

/** The name of the view, how many it holds, and the order. */
export function ListHeader({ view, counts, sort }: Props) {
  return (
    <div className="list-header">
      <h2 className="list-title one-line">{viewLabel(view)}</h2>
      <ViewMenu view={view} counts={counts} />
      <span className="secondary list-count">{viewCount(view, counts)}</span>
      <SortMenu sort={sort} />
    </div>
  );
}

function SortMenu({ sort }: { sort: Sort }) {
  const navigate = useNavigate();
  const choose = (next: Sort) =>
    navigate({
      to: '.',
      search: ({ sort: _, ...rest }) =>
        next === 'longest-waiting' ? rest : { ...rest, sort: next },
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button
          type="button"
          className="quiet-button"
          aria-label={`${words.sort.label}: ${words.sort[sort]}`}
        >
          {words.sort[sort]}
          <IconChevronDown size={14} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {sorts.map((item) => (
          <ChoiceItem key={item} closes chosen={item === sort} onChoose={() => void choose(item)}>
            {words.sort[item]}
          </ChoiceItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ViewMenu({ view, counts }: { view: View; counts: InboxCounts }) {
  const queues = useWorkspaceState((state) => state.queues);
  const own = useWorkspaceState((state) => state.me.queues);
  const links = viewLinks(counts, queues, own);
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button
          type="button"
          className="list-view-menu"
          aria-label={words.view.choose(viewLabel(view))}
        >
          <span className="one-line">{viewLabel(view)}</span>
          <IconChevronDown size={16} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <ViewItems links={links.main} view={view} />
        {links.queues.length > 0 ? <Menu.Label>{words.view.queues}</Menu.Label> : null}
        <ViewItems links={links.queues} view={view} />
        <Menu.Label>{words.view.identity}</Menu.Label>
        <ViewItems links={links.identity} view={view} />
      </Menu.Dropdown>
    </Menu>
  );
}

function ViewItems({ links, view }: { links: ViewLink[]; view: View }) {
  const navigate = useNavigate();
  const go = (target: View) => {
    const { kind, name } = viewAddress(target);
    return navigate({ to: '/inbox/$view', params: { view: kind }, search: name ? { name } : {} });
  };
  return links.map((link) => (
    <ChoiceItem
      key={link.label}
      closes
      chosen={sameView(link.view, view)}
      sign={link.view.kind === 'identity' ? <IdentityGlyph state={link.view.state} silent /> : null}
      end={<span className="secondary">{link.count}</span>}
      onChoose={() => void go(link.view)}
    >
      {link.label}
    </ChoiceItem>
  ));
}
