import type { ContextVariable, Conversation } from '@countersign/protocol';
import { Tabs } from '@mantine/core';
import { words } from '../strings/words.ts';
import { absolute, clockOrDate } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { ContextLists, RoutingSentence, Variables } from './context-lists.tsx';
import { languageName } from './details-card.tsx';
import { Facts } from './facts.tsx';
import { SELF_SERVICE, visitedPages } from './visited-pages.ts';
import { preChatAnswers, visitorFact } from './visitor-facts.ts';

/** What is known beside the identity, in four tabs; signed and unsigned facts apart. */
export function SummaryCard({ conversation }: { conversation: Conversation }) {
  const { summary } = words;
  const { context } = conversation;
  return (
    <section className="customer-card" aria-label={summary.title}>
      <Tabs defaultValue="additional" keepMounted={false} classNames={{ tab: 'summary-tab' }}>
        <Tabs.List aria-label={summary.title}>
          <Tabs.Tab value="pre-chat">{summary.preChat}</Tabs.Tab>
          <Tabs.Tab value="pages">{summary.pages}</Tabs.Tab>
          <Tabs.Tab value="visitor">{summary.visitor}</Tabs.Tab>
          <Tabs.Tab value="additional">{summary.additional}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="pre-chat" pt={10}>
          <PreChat context={context} />
        </Tabs.Panel>
        <Tabs.Panel value="pages" pt={10}>
          <Pages context={context} />
        </Tabs.Panel>
        <Tabs.Panel value="visitor" pt={10}>
          <Visitor conversation={conversation} />
        </Tabs.Panel>
        <Tabs.Panel value="additional" pt={10}>
          <ContextLists context={context.filter(({ name }) => name !== SELF_SERVICE)} />
        </Tabs.Panel>
      </Tabs>
      <RoutingSentence conversation={conversation} />
    </section>
  );
}

function PreChat({ context }: { context: readonly ContextVariable[] }) {
  const answers = preChatAnswers(context);
  if (answers.length === 0) return <p className="secondary">{words.summary.noPreChat}</p>;
  return (
    <>
      <p className="secondary summary-hint">{words.summary.preChatHint}</p>
      <Variables variables={answers} />
    </>
  );
}

function Pages({ context }: { context: readonly ContextVariable[] }) {
  const now = useNow(60_000);
  const pages = visitedPages(context);
  if (pages.length === 0) return <p className="secondary">{words.summary.noPages}</p>;
  return (
    <ol className="summary-pages">
      {pages.map(({ kind, title, at }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list of one conversation does not change
        <li key={index}>
          <span>{title}</span>
          <span className="secondary">
            {words.summary.kinds[kind]}
            {at ? (
              <time dateTime={at} title={absolute(at)}>
                {` · ${clockOrDate(at, now)}`}
              </time>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** "Authenticated" in the same words as everywhere: `verified`, and nothing else. */
function Visitor({ conversation }: { conversation: Conversation }) {
  const { summary, customer } = words;
  const { context, authenticated, locale } = conversation;
  return (
    <Facts
      rows={[
        { name: summary.authenticated, value: authenticated ? summary.yes : summary.no },
        { name: summary.browser, value: visitorFact(context, 'browser') ?? summary.unknown },
        { name: summary.os, value: visitorFact(context, 'os') ?? summary.unknown },
        {
          name: customer.language,
          value:
            languageName(locale ?? visitorFact(context, 'language') ?? undefined) ??
            summary.unknown,
        },
      ]}
    />
  );
}
