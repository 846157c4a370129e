import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Fragment } from 'react';
import { ChoiceItem } from '../menu/choice-item.tsx';
import { adminWords } from '../strings/admin/admin-words.ts';
import { type Place, pathOf, type ShownGroup } from './places.ts';

const { navigation: w } = adminWords;

/** The navigation of narrow screens. */
export function AdminMenu({
  groups,
  place,
}: {
  groups: readonly ShownGroup[];
  place: Place | null;
}) {
  const navigate = useNavigate();
  const here = place?.label ?? w.label;
  const go = (to: Place) =>
    void ('to' in to
      ? navigate({ to: to.to, search: {} })
      : navigate({ to: '/admin/$section', params: { section: to.section } }));
  return (
    <nav className="admin-menu" aria-label={w.label}>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <button type="button" aria-label={w.menu(here)}>
            <span className="one-line">{here}</span>
            <IconChevronDown size={16} stroke={1.75} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown className="admin-menu-places">
          {groups.map((group) => (
            <Fragment key={group.name}>
              <Menu.Label>{w.groups[group.name]}</Menu.Label>
              {group.places.map((one) => (
                <ChoiceItem
                  key={pathOf(one)}
                  chosen={place !== null && pathOf(place) === pathOf(one)}
                  onChoose={() => go(one)}
                  closes
                >
                  {one.label}
                </ChoiceItem>
              ))}
            </Fragment>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}
