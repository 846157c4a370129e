import type { Section } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { NewObjectSearch } from '../../routes.tsx';

interface Props {
  section: Section;
  isNext: boolean;
  /** Undefined: a new one. */
  id?: string;
  tab?: string;
  /** With what a new one begins. */
  search?: NewObjectSearch;
  children: ReactNode;
}

/** Leads to where the step is done; the next one stands out. */
export function NextButton({ section, isNext, id, tab, search = {}, children }: Props) {
  return (
    <Button
      variant={isNext ? 'filled' : 'default'}
      renderRoot={(props) =>
        id === undefined ? (
          <Link to="/admin/$section/new" params={{ section }} search={search} {...props} />
        ) : (
          <Link
            to="/admin/$section/$id"
            params={{ section, id }}
            search={tab === undefined ? {} : { tab }}
            {...props}
          />
        )
      }
    >
      {children}
    </Button>
  );
}
