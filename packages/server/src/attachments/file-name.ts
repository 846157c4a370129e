import { Fault } from '../platform/index.ts';

const MAX_LENGTH = 1024;
/** Never taken, whatever a messenger accepts: they run when somebody opens them. */
export const BLOCKED_EXTENSIONS = [
  '.exe',
  '.bat',
  '.cmd',
  '.com',
  '.msi',
  '.scr',
  '.ps1',
  '.vbs',
  '.js',
  '.mjs',
  '.jar',
  '.hta',
  '.lnk',
  '.html',
  '.htm',
  '.xhtml',
  '.svg',
  '.xml',
  '.swf',
  '.dll',
  '.app',
  '.dmg',
  '.sh',
  '.iso',
];

/** Faults: 4004 not a usable name, 4005 too long, 4001 an extension that is never taken. */
export function mustBeFileName(name: string): void {
  if (name.length > MAX_LENGTH)
    throw fileFault('name_too_long', 4005, 'The file name is too long.');
  if (!isUsable(name)) throw fileFault('name_invalid', 4004, 'The file name is not usable.');
  const extension = name.slice(name.lastIndexOf('.')).toLowerCase();
  if (BLOCKED_EXTENSIONS.includes(extension))
    throw fileFault('type_not_allowed', 4001, `Files that end in ${extension} cannot be sent.`);
}

/** An extension, no folder, no control or direction characters. */
const isUsable = (name: string): boolean =>
  /^[^/\\\p{Cc}\p{Bidi_Control}]*[^/\\.\p{Cc}\p{Bidi_Control}][^/\\\p{Cc}\p{Bidi_Control}]*\.[^/\\.\s\p{Cc}]+$/u.test(
    name,
  ) && name.isWellFormed();

export const fileFault = (code: string, status: number, message: string): Fault =>
  new Fault(code, status, message);
