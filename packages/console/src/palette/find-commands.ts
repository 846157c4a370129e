import type { Command } from './use-palette-commands.ts';

const AT_MOST = 50;

/** Every word of the query has to begin a word of the label. Labels are told once. */
export function findCommands(commands: readonly Command[], query: string): Command[] {
  const wanted = wordsOf(query);
  const fits = ({ label }: Command): boolean => {
    const words = wordsOf(label);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  };
  const byLabel = new Map<string, Command>();
  for (const command of commands) {
    if (!byLabel.has(command.label) && fits(command)) byLabel.set(command.label, command);
  }
  return [...byLabel.values()].slice(0, AT_MOST);
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
