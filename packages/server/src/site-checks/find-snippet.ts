import type { PageScript } from './page-scripts.ts';

/** What the messenger's snippet says on a page. */
export interface Snippet {
  /** Origin of the node. */
  node: string;
  deploymentId: string | null;
  integrity: string | null;
  /** The script that it stands in. */
  script: PageScript;
}

const LOADER = /["'`](https?:\/\/[^"'`\s/]+)\/messenger\/loader\.js["'`]/;
const DEPLOYMENT =
  /deploymentId["']?\s*:\s*["'`]([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})["'`]/i;
const INTEGRITY = /integrity["']?\s*:\s*["'`](sha(?:256|384|512)-[A-Za-z0-9+/=]+)["'`]/;

/** The first script that loads a node's loader; null: none does. */
export function findSnippet(scripts: readonly PageScript[]): Snippet | null {
  for (const script of scripts) {
    const text = script.text.replaceAll('\\/', '/').replaceAll('\\u002F', '/');
    const node = LOADER.exec(text)?.[1];
    if (node === undefined) continue;
    return {
      node,
      deploymentId: DEPLOYMENT.exec(text)?.[1]?.toLowerCase() ?? null,
      integrity: INTEGRITY.exec(text)?.[1] ?? null,
      script,
    };
  }
  return null;
}
