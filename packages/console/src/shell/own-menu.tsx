import type { Me, Presence } from '@countersign/protocol';
import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconBell,
  IconBook,
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { ChoiceItem } from '../menu/choice-item.tsx';
import { chooseLanguage, language, languages } from '../strings/language.ts';
import { words } from '../strings/words.ts';
import { leave } from './leave.ts';
import { servesCustomers } from './roles.ts';

export const presences = ['available', 'busy', 'dnd', 'away', 'offline'] as const;
const schemes = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
] as const;

const languageNames = [
  ['en', languages.en],
  ['de', languages.de],
  ['ro', languages.ro],
] as const;

interface MenuProps {
  onShortcuts: () => void;
  onAlerts: () => void;
}

/** The own presence with capacity, the theme, the language, the shortcuts, and the way out. */
export function OwnMenu({ onShortcuts, onAlerts }: MenuProps) {
  const me = useWorkspaceState((state) => state.me);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<string | null>(null);
  const signOut = () => leave(client, me.id).catch(() => setFailure(words.shell.signOutFailed));
  return (
    <Menu position="right-end" width={280} offset={12} closeOnItemClick={false}>
      <Menu.Target>
        <button
          type="button"
          className="own-menu"
          aria-label={words.shell.you(me.name, words.presence[me.presence])}
        >
          <span aria-hidden="true">{[...me.name][0]?.toUpperCase()}</span>
          <span className={`presence-dot presence-${me.presence}`} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Who />
        {failure ? (
          <p className="own-menu-failure secondary" role="alert">
            {failure}
          </p>
        ) : null}
        {servesCustomers(me.roles) ? (
          <>
            <PresenceItems onFailure={() => setFailure(words.shell.presenceFailed)} />
            <Menu.Divider />
          </>
        ) : null}
        <ThemeItems />
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        {servesCustomers(me.roles) ? (
          <Menu.Item
            leftSection={<IconBell size={18} stroke={1.5} aria-hidden />}
            onClick={onAlerts}
            closeMenuOnClick
          >
            {words.alerts.title}
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconKeyboard size={18} stroke={1.5} aria-hidden />}
          onClick={onShortcuts}
          closeMenuOnClick
        >
          {words.shell.shortcuts}
        </Menu.Item>
        <Menu.Item
          component="a"
          href="/docs/"
          target="_blank"
          leftSection={<IconBook size={18} stroke={1.5} aria-hidden />}
          closeMenuOnClick
        >
          {words.shell.documentation}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUserCircle size={18} stroke={1.5} aria-hidden />}
          onClick={() => void navigate({ to: '/account' })}
          closeMenuOnClick
        >
          {words.account.open}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={18} stroke={1.5} aria-hidden />}
          onClick={() => void signOut()}
        >
          {words.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Who() {
  const me = useWorkspaceState((state) => state.me);
  const share = me.capacity > 0 ? Math.min(1, me.load / me.capacity) : 0;
  return (
    <div className="own-menu-who">
      <strong>{me.name}</strong>
      <p className="secondary">{me.email}</p>
      {servesCustomers(me.roles) ? (
        <>
          <div className="own-menu-capacity">
            <span style={{ width: `${share * 100}%` }} />
          </div>
          <p className="secondary">{words.shell.capacity(me.load, me.capacity)}</p>
          <p>{standing(me)}</p>
        </>
      ) : null}
    </div>
  );
}

/** What this person chose, and what holds: who is full is offered nothing. */
function standing({ chosen, presence, load, capacity }: Me): string {
  const name = words.presence[chosen ?? presence];
  if ((chosen ?? presence) !== 'available') return words.shell.standing.resting(name);
  if (load >= capacity) return words.shell.standing.full(name);
  return load > 0 ? words.shell.standing.partly(name) : words.shell.standing.free(name);
}

function PresenceItems({ onFailure }: { onFailure: () => void }) {
  const workspace = useWorkspace();
  const chosen = useWorkspaceState((state) => state.me.chosen ?? state.me.presence);
  const choose = (presence: Presence) => workspace.setPresence(presence).catch(onFailure);
  return (
    <>
      <Menu.Label>{words.shell.presenceTitle}</Menu.Label>
      {presences.map((presence) => (
        <ChoiceItem
          key={presence}
          chosen={presence === chosen}
          sign={<span className={`presence-dot presence-${presence}`} />}
          onChoose={() => void choose(presence)}
        >
          {words.presence[presence]}
          {presence === chosen ? (
            <span className="secondary" style={{ display: 'block' }}>
              {words.presenceHint[presence]}
            </span>
          ) : null}
        </ChoiceItem>
      ))}
    </>
  );
}

function ThemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{words.shell.theme}</Menu.Label>
      {schemes.map(([scheme, Icon]) => (
        <ChoiceItem
          key={scheme}
          chosen={scheme === colorScheme}
          sign={<Icon size={18} stroke={1.5} aria-hidden />}
          onChoose={() => setColorScheme(scheme)}
        >
          {words.shell.themes[scheme]}
        </ChoiceItem>
      ))}
    </>
  );
}

/** Each by its own name, for whoever cannot read the rest. */
function LanguageItems() {
  return (
    <>
      <Menu.Label>{words.shell.language}</Menu.Label>
      {languageNames.map(([tag, name]) => (
        <ChoiceItem
          key={tag}
          chosen={tag === language}
          lang={tag}
          sign={<IconLanguage size={18} stroke={1.5} aria-hidden />}
          onChoose={() => chooseLanguage(tag)}
        >
          {name}
        </ChoiceItem>
      ))}
    </>
  );
}
