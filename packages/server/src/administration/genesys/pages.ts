import { type Static, Type } from 'typebox';

/** Lists that are read on from an entity. */
export const CursorQuery = Type.Object({
  pageSize: Type.Integer({ minimum: 1, maximum: 1000, default: 300 }),
  before: Type.Optional(Type.String({ maxLength: 64, description: 'id: those before it' })),
  after: Type.Optional(Type.String({ maxLength: 64, description: 'id: those after it' })),
});

export interface CursorPage<T> {
  entities: T[];
  total: number;
  selfUri: string;
  nextUri?: string;
  previousUri?: string;
}

/** A cursor whose entity is gone begins at the beginning. `kept`: of the query, what stays the same. */
export function cursorPage<T>(
  all: readonly T[],
  idOf: (entity: T) => string,
  path: string,
  { pageSize, before, after }: Static<typeof CursorQuery>,
  kept: Readonly<Record<string, string>> = {},
): CursorPage<T> {
  const end = before === undefined ? -1 : all.findIndex((entity) => idOf(entity) === before);
  const start =
    end >= 0 ? Math.max(0, end - pageSize) : all.findIndex((entity) => idOf(entity) === after) + 1;
  const entities = all.slice(start, end >= 0 ? end : start + pageSize);
  const [first, last] = [entities[0], entities.at(-1)];
  const uri = (side: string, id: string) =>
    `${path}?${new URLSearchParams({ ...kept, pageSize: String(pageSize), [side]: id })}`;
  return {
    entities,
    total: all.length,
    selfUri: path,
    ...(last && start + entities.length < all.length && { nextUri: uri('after', idOf(last)) }),
    ...(first && start > 0 && { previousUri: uri('before', idOf(first)) }),
  };
}

/** Lists that are read by the number of the page, from 1. */
export const NumberQuery = Type.Object({
  pageSize: Type.Integer({ minimum: 1, maximum: 1000, default: 25 }),
  pageNumber: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
});

export interface NumberPage<T> {
  entities: T[];
  pageSize: number;
  pageNumber: number;
  total: number;
  pageCount: number;
  firstUri: string;
  selfUri: string;
  lastUri: string;
  nextUri?: string;
  previousUri?: string;
}

export function numberPage<T>(
  all: readonly T[],
  path: string,
  { pageSize, pageNumber }: Static<typeof NumberQuery>,
): NumberPage<T> {
  const start = (pageNumber - 1) * pageSize;
  const pageCount = Math.max(1, Math.ceil(all.length / pageSize));
  const uri = (number: number) => `${path}?pageSize=${pageSize}&pageNumber=${number}`;
  return {
    entities: all.slice(start, start + pageSize),
    ...{ pageSize, pageNumber, total: all.length, pageCount },
    firstUri: uri(1),
    selfUri: uri(pageNumber),
    lastUri: uri(pageCount),
    ...(pageNumber < pageCount && { nextUri: uri(pageNumber + 1) }),
    ...(pageNumber > 1 && { previousUri: uri(pageNumber - 1) }),
  };
}
