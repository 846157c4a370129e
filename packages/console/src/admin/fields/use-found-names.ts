import type { Section } from '@countersign/protocol';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { administrationApi } from '../../api/administration-api.ts';
import { entriesKey } from '../object/use-entry.ts';

const FOUND = 20;
const TYPING_MS = 200;

/** Objects of a section whose name has this in it, the first few. */
export function useFoundNames(section: Section, search: string) {
  const [asked] = useDebouncedValue(search, TYPING_MS);
  return useQuery({
    queryKey: [...entriesKey, section, 'names', asked],
    queryFn: () => administrationApi.entries(section, { search: asked, limit: FOUND }),
    placeholderData: keepPreviousData,
  });
}
