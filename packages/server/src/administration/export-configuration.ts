import { type Section, sections } from '@countersign/protocol';
import { stringify } from 'yaml';
import type { StoredObject } from '../configuration/index.ts';
import { fileObject, openForm, type SecretForm } from './objects/file-object.ts';
import { namesOf, ofKind } from './objects/names.ts';

/**
 * Everything that is stored as a configuration file: applied to an empty node it gives the same again, ids
 * and all. Without secrets each stands as `{ env: NAME }`, whose names are listed at the top.
 */
export function exportConfiguration(
  stored: readonly StoredObject[],
  { secrets }: { secrets: boolean },
): string {
  const names = namesOf(stored);
  const variables: string[] = [];
  const file = sections.flatMap((section) => {
    const objects = [...ofKind(stored, section)].sort((a, b) => compare(a.name, b.name));
    if (objects.length === 0) return [];
    const items = objects.map((object) => {
      const form = secrets ? openForm : environmentForm(section, object.name, variables);
      return { id: object.id, ...fileObject(object, names, form) };
    });
    return [[section, items]];
  });
  const text = file.length > 0 ? stringify(Object.fromEntries(file), { lineWidth: 0 }) : '';
  return `${heading(secrets, variables)}${text}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** A name for each secret that says whose it is. */
function environmentForm(section: Section, name: string, variables: string[]): SecretForm {
  const variable = (field: string) => {
    const words = [section, name, field].join(' ');
    const wanted = words
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .toUpperCase();
    let free = wanted;
    for (let n = 2; variables.includes(free); n += 1) free = `${wanted}_${n}`;
    variables.push(free);
    return { env: free };
  };
  return {
    secret: (_, field) => variable(field),
    hashed: (field) => ({ [field]: variable(field) }),
  };
}

function heading(secrets: boolean, variables: string[]): string {
  if (secrets) return '# Holds secrets: keep it as you keep them.\n';
  if (variables.length === 0) return '';
  const list = variables.map((name) => `#   ${name}\n`).join('');
  return `# Without its secrets. Set these variables where it is applied:\n${list}`;
}
