/** Apple documents no limit; this is what vendors keep to (§5.1). */
const MAX_LENGTH = 3000;

/** Pieces that are short enough, cut after a sentence, else after a word, else anywhere but in a character. */
export function splitText(text: string, maxLength = MAX_LENGTH): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > maxLength) {
    const end = endOfPiece(rest.slice(0, maxLength + 1), maxLength);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest].filter((piece) => piece !== '');
}

/** A cut in the first half would make more pieces than it saves reading. */
function endOfPiece(head: string, maxLength: number): number {
  const half = maxLength / 2;
  for (const end of [/[.!?…。！？]["'”»)]?\s|\n/g, /\s/g]) {
    const last = [...head.matchAll(end)].at(-1);
    const at = last ? last.index + last[0].length : 0;
    if (at > half) return Math.min(at, maxLength);
  }
  const isHalfCharacter = /[\ud800-\udbff]/.test(head.charAt(maxLength - 1));
  return isHalfCharacter ? maxLength - 1 : maxLength;
}
