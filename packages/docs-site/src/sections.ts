import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Section {
  title: string;
  /** Paths below docs/, in the order of the menu. */
  files: string[];
}

const FIRST = ['site-developer', 'site-kit', 'administrator', 'agents', 'supervisors'];

/** The menu: who uses it first, how it is made last. */
export function sections(docs: string): Section[] {
  const inside = (folder: string) =>
    readdirSync(join(docs, folder))
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => `${folder}/${name}`);
  const rank = (file: string) => {
    const at = FIRST.findIndex((name) => file === `guides/${name}.md`);
    return at < 0 ? FIRST.length : at;
  };
  return [
    { title: 'Guides', files: inside('guides').sort((a, b) => rank(a) - rank(b)) },
    { title: 'Operations', files: inside('operations') },
    { title: 'How each part works', files: inside('subsystems') },
    { title: 'Decisions', files: inside('decisions') },
  ];
}
