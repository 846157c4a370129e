import type { Section } from '@countersign/protocol';
import { useQuery } from '@tanstack/react-query';
import { administrationApi } from '../../api/administration-api.ts';

/** Of everything that is read of the objects: a change of one may change what is said of others. */
export const entriesKey = ['configuration'] as const;

export const entryKey = (section: Section, id: string) => [...entriesKey, section, 'one', id];

export const useEntry = <S extends Section>(section: S, id: string) =>
  useQuery({
    queryKey: entryKey(section, id),
    queryFn: () => administrationApi.entry(section, id),
    refetchOnMount: 'always',
  });
