import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { adminWords } from '../strings/admin/admin-words.ts';
import { type Place, pathOf, type ShownGroup } from './places.ts';

const { navigation: w } = adminWords;

interface Props {
  groups: readonly ShownGroup[];
  /** Where one is. */
  place: Place | null;
}

export function AdminNavigation({ groups, place }: Props) {
  return (
    <nav className="admin-navigation" aria-label={w.label}>
      {groups.map((group) => (
        <Group key={group.name} group={group} place={place} />
      ))}
    </nav>
  );
}

function Group({ group, place }: { group: ShownGroup; place: Place | null }) {
  const heading = useId();
  return (
    <div>
      <h3 id={heading}>{w.groups[group.name]}</h3>
      <ul aria-labelledby={heading}>
        {group.places.map((one) => (
          <li key={pathOf(one)}>
            <PlaceLink place={one} isHere={place !== null && pathOf(place) === pathOf(one)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function PlaceLink({ place, isHere }: { place: Place; isHere: boolean }) {
  const look = {
    className: `admin-place ${isHere ? 'admin-place-here' : ''}`,
    ...(isHere ? { 'aria-current': 'page' as const } : {}),
  };
  if ('to' in place) {
    return (
      <Link to={place.to} search={{}} {...look}>
        {place.label}
      </Link>
    );
  }
  return (
    <Link to="/admin/$section" params={{ section: place.section }} {...look}>
      {place.label}
    </Link>
  );
}
