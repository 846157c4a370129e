import type { Section } from '@countersign/protocol';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Leads to the screen of an object. */
export function ObjectLink(props: { section: Section; id: string; children: ReactNode }) {
  const { section, id } = props;
  return (
    <Link to="/admin/$section/$id" params={{ section, id }} className="object-link">
      {props.children}
    </Link>
  );
}
