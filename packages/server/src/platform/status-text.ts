/**
 * The reason phrase of a status. Asked of the module object: `import … from 'node:http'` reads every
 * export of it, and one of them loads all of Node's `fetch` (40 ms of a start).
 */
export const statusText = (status: number): string =>
  process.getBuiltinModule('node:http').STATUS_CODES[status] ?? 'Error';
