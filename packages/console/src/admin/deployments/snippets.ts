/** What of the node and of the deployment stands in a snippet. */
export interface SnippetValues {
  /** Without a slash at the end. */
  node: string;
  deploymentId: string;
  /** Of the loader; null where it could not be measured. */
  integrity: string | null;
}

const indented = (lines: string): string => lines.replaceAll('\n', '\n  ');

const loaderOf = (node: string): string => `${node}/messenger/loader.js`;

/** Old enough in its ways for any page and any tag manager. */
const inline = ({
  node,
  deploymentId,
  integrity,
}: SnippetValues): string => `(function (w, n, u, o) {
  w._countersign = n;
  w[n] = w[n] || function () { (w[n].q = w[n].q || []).push(arguments); };
  w[n].t = Date.now(); w[n].c = o;
  var s = document.createElement('script');
  s.async = true; s.src = u; s.crossOrigin = 'anonymous';
  if (o.integrity) s.integrity = o.integrity;
  document.head.appendChild(s);
})(window, 'Countersign', '${loaderOf(node)}', {
  deploymentId: '${deploymentId}'${integrity === null ? '' : `,\n  integrity: '${integrity}'`}
});`;

/** For sources that are built: JavaScript as it is, and TypeScript too. */
const builtIn = ({ node, deploymentId, integrity }: SnippetValues): string => {
  const options = [`deploymentId: '${deploymentId}'`];
  if (integrity !== null) options.push(`integrity: '${integrity}'`);
  return `const options = {
  ${options.join(',\n  ')},
};

function openMessenger() {
  if ('Countersign' in window) return;
  const q = new Array();
  const Countersign = Object.assign(function () { q.push(arguments); }, { q, t: Date.now(), c: options });
  Object.assign(window, { _countersign: 'Countersign', Countersign });
  const script = document.createElement('script');
  const src = '${loaderOf(node)}';
  Object.assign(script, { src, async: true, crossOrigin: 'anonymous'${integrity === null ? '' : ', integrity: options.integrity'} });
  document.head.append(script);
}`;
};

const html = (values: SnippetValues): string => `<script nonce="…">
  ${indented(inline(values))}
</script>`;

/** A tag manager adds the nonce of the page itself, where there is one. */
const tagManager = (values: SnippetValues): string => html(values).replace(' nonce="…"', '');

const react = (values: SnippetValues): string => `import { useEffect } from 'react';

${builtIn(values)}

export function Messenger() {
  useEffect(openMessenger, []);
  return null;
}`;

const next = (values: SnippetValues): string => `'use client';
${react(values)}`;

const vue = (values: SnippetValues): string => `<script setup>
import { onMounted } from 'vue';

${builtIn(values)}

onMounted(openMessenger);
</script>`;

const angular = (
  values: SnippetValues,
): string => `import { afterNextRender, Component } from '@angular/core';

${builtIn(values)}

@Component({ selector: 'app-messenger', template: '' })
export class Messenger {
  constructor() {
    afterNextRender(openMessenger);
  }
}`;

export const frameworks = ['html', 'tagManager', 'react', 'next', 'vue', 'angular'] as const;
export type Framework = (typeof frameworks)[number];

/** By framework, what goes on the site. */
export const snippets: Record<Framework, (values: SnippetValues) => string> = {
  html,
  tagManager,
  react,
  next,
  vue,
  angular,
};

/** What a Content Security Policy of the site has to allow; the loader needs nothing else. */
export const policyLines = (node: string): string =>
  `script-src ${node} 'nonce-…';\nframe-src ${node};`;
