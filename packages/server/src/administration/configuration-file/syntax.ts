import { type Document, LineCounter, parseDocument } from 'yaml';
import { createFileFaults, type FileFaults } from './faults.ts';

/** Far beyond any real file; keeps a hostile one from costing memory. */
const MAX_LENGTH = 1_048_576;
/** Beyond what any condition nests, and what texts with unpaired brackets add. */
const MAX_OPEN_BRACKETS = 500;

export interface SyntaxResult {
  document: Document | null;
  faults: FileFaults;
}

/** Reads YAML 1.2. Faults carry the parser's sentence, never a line of the file: it may hold a secret. */
export function readSyntax(text: string): SyntaxResult {
  const lineCounter = new LineCounter();
  const faults = createFileFaults(lineCounter);
  if (text.length > MAX_LENGTH) {
    faults.report('', `expected at most ${MAX_LENGTH} characters, found ${text.length}`);
    return { document: null, faults };
  }
  const document = opensTooMuch(text) ? null : parse(text, lineCounter);
  if (!document) {
    faults.report('', 'expected YAML that is not nested this deeply');
    return { document, faults };
  }
  const errors = document.errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  for (const { message, pos } of [...document.errors, ...document.warnings]) {
    faults.report('', `expected valid YAML: ${firstSentence(message)}`, pos[0]);
  }
  // What a text means that is not YAML is anybody's guess.
  return { document: errors.length === 0 ? document : null, faults };
}

/** The parser needs a second for a text of nothing but brackets. */
function opensTooMuch(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open++;
    else if (character === ']' || character === '}') open--;
    if (open > MAX_OPEN_BRACKETS) return true;
  }
  return false;
}

function parse(text: string, lineCounter: LineCounter): Document | null {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
  } catch (error) {
    // The parser recurses: deep nesting exhausts its stack.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Some messages quote what they found; everything after a colon is left out. */
const firstSentence = (message: string): string => message.split(/[:\n]/)[0] ?? '';
