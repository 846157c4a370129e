/** Sizes and kinds of files in words. */
import type { AroundStrings } from './around-strings.ts';
import type { FileFault, FileLimits } from './file-sender.ts';
import { fill } from './fill.ts';

const KB = 1024;
/** What people call them; any other kind is called by the end of its name. */
const KNOWN: Readonly<Record<string, string>> = {
  plain: 'TXT',
  msword: 'DOC',
  document: 'DOCX',
  sheet: 'XLSX',
  presentation: 'PPTX',
};

export function sizeInWords(bytes: number, language: string): string {
  const [value, unit] = bytes < KB * KB ? [bytes / KB, 'kilobyte'] : [bytes / KB / KB, 'megabyte'];
  const options = { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 } as const;
  return new Intl.NumberFormat(language, options).format(value);
}

/** `''`: any. */
export function kindsInWords(fileTypes: readonly string[], strings: AroundStrings): string {
  if (fileTypes.includes('*/*')) return '';
  const groups: Record<string, string> = strings.kinds;
  const words = fileTypes.map((type) => {
    const [group = '', kind = ''] = type.split('/');
    if (kind === '*') return groups[group] ?? group;
    const end = kind.split(/[.+-]/).at(-1) ?? kind;
    return KNOWN[end] ?? end.toUpperCase();
  });
  return [...new Set(words)].join(', ');
}

/** What may be sent, to be read before something is chosen. */
export function limitsInWords(
  limits: FileLimits,
  strings: AroundStrings,
  language: string,
): string {
  const size = fill(strings.upTo, sizeInWords(limits.maxFileSizeKB * KB, language));
  const kinds = kindsInWords(limits.fileTypes, strings);
  return kinds ? `${kinds}; ${size}` : size;
}

/** What is wrong with a file, and what would be right. */
export function faultInWords(
  fault: FileFault,
  limits: FileLimits,
  strings: AroundStrings,
  language: string,
): string {
  const { type, size, ...others } = strings.fileFaults;
  if (fault === 'size') return fill(size, sizeInWords(limits.maxFileSizeKB * KB, language));
  return fault === 'type' ? fill(type, kindsInWords(limits.fileTypes, strings)) : others[fault];
}
