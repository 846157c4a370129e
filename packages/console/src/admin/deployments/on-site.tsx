import type { EntryOf } from '@countersign/protocol';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { CopiedFacts } from '../copy/copied-facts.tsx';
import { CopiedText } from '../copy/copied-text.tsx';
import { SiteProof } from './site-proof.tsx';
import { type Framework, frameworks, policyLines, snippets } from './snippets.ts';
import { TryButton } from './try-button.tsx';
import { useLoaderIntegrity } from './use-loader-integrity.ts';

const { deployments: w } = adminWords;

type Deployment = EntryOf<'deployments'>;

/** Everything that goes from here to the site, or into an app. */
export function OnSite({ deployment }: { deployment: Deployment }) {
  const node = location.origin;
  return (
    <div className="object-form">
      <Snippet id={deployment.id} node={node} />
      <section className="screen-card">
        <header>
          <h2>{w.proof}</h2>
        </header>
        <SiteProof configuration={deployment.object.configuration} />
      </section>
      <section className="screen-card">
        <header>
          <h2>{w.policy}</h2>
          <p className="secondary">{w.policyLead}</p>
        </header>
        <CopiedText text={policyLines(node)} what={w.policy} />
      </section>
      <section className="screen-card">
        <header>
          <h2>{w.apps}</h2>
          <p className="secondary">{w.appsLead}</p>
        </header>
        <CopiedFacts
          facts={[
            { name: w.id, text: deployment.id },
            { name: w.domain, text: location.host },
            { name: w.url, text: node },
          ]}
        />
      </section>
      <section className="screen-card">
        <header>
          <h2>{w.check}</h2>
          <p className="secondary">{w.checkLead}</p>
        </header>
        <CopiedText text={`npx countersign doctor ${siteOf(deployment)}`} what={w.check} />
        <TryButton id={deployment.id} />
      </section>
    </div>
  );
}

const siteOf = ({ object }: Deployment): string =>
  `https://${object.allowedDomains[0] ?? 'shop.example'}/`;

function Snippet({ id, node }: { id: string; node: string }) {
  const [framework, setFramework] = useState<Framework>('html');
  const integrity = useLoaderIntegrity();
  const choose = (name: string) =>
    setFramework((before) => frameworks.find((known) => known === name) ?? before);
  return (
    <section className="screen-card">
      <header>
        <h2>{w.snippet}</h2>
        <p className="secondary">{w.snippetLead}</p>
      </header>
      <SegmentedControl
        aria-label={w.framework}
        className="snippet-frameworks"
        value={framework}
        onChange={choose}
        data={frameworks.map((value) => ({ value, label: w.frameworks[value] }))}
      />
      <p className="secondary">{w.frameworkHints[framework]}</p>
      {integrity.isPending ? (
        <Skeleton height={180} />
      ) : (
        <CopiedText
          text={snippets[framework]({ node, deploymentId: id, integrity: integrity.data ?? null })}
          what={w.snippet}
        />
      )}
      {integrity.data ? <p className="secondary">{w.integrity}</p> : null}
    </section>
  );
}
