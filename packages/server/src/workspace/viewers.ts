/**
 * Who has which conversation on screen, on whichever node. It is said again and again while it is so; what
 * is not repeated ends by itself, so that a node that died leaves nobody behind.
 */
import type { LiveFrame } from '@countersign/protocol';
import type { Bus, Clock } from '../platform/index.ts';

const VIEWING_TOPIC = 'viewing';
const LIFETIME_MS = 30_000;

/** One screen says what it shows; null: nothing. */
export interface Viewing {
  /** Of the connection: a person may have several screens. */
  screen: string;
  agent: { id: string; name: string };
  conversation: string | null;
  typing: boolean;
}

export type Viewers = Extract<LiveFrame, { type: 'viewers' }>['agents'];

export interface ViewerBoard {
  /** Told to every node. Whoever says it has been allowed to see the conversation. */
  say(viewing: Viewing): void;
  /** In the order in which they came; the asking agent is not among them. */
  of(conversation: string, exceptAgentId: string): Viewers;
  /** Ends what was not repeated. */
  sweep(): void;
  close(): void;
}

export function createViewerBoard(
  { bus, clock }: { bus: Bus; clock: Clock },
  changed: (conversation: string) => void,
): ViewerBoard {
  const screens = new Map<string, Viewing & { until: number }>();
  const byConversation = new Map<string, Set<string>>();

  const unsubscribe = bus.subscribe(VIEWING_TOPIC, (hint) => said(hint as Viewing));

  function said(viewing: Viewing): void {
    const before = screens.get(viewing.screen);
    if (before && before.conversation !== viewing.conversation) leave(before);
    if (viewing.conversation === null) return;
    screens.set(viewing.screen, { ...viewing, until: clock.now() + LIFETIME_MS });
    const there = byConversation.get(viewing.conversation) ?? new Set();
    byConversation.set(viewing.conversation, there.add(viewing.screen));
    changed(viewing.conversation);
  }

  function leave({ screen, conversation }: Viewing): void {
    screens.delete(screen);
    if (conversation === null) return;
    const there = byConversation.get(conversation);
    there?.delete(screen);
    if (there?.size === 0) byConversation.delete(conversation);
    changed(conversation);
  }

  return {
    say: (viewing) => bus.publish(VIEWING_TOPIC, viewing),
    of(conversation, exceptAgentId) {
      const agents = new Map<string, Viewers[number]>();
      for (const screen of byConversation.get(conversation) ?? []) {
        const { agent, typing = false } = screens.get(screen) ?? {};
        if (!agent || agent.id === exceptAgentId) continue;
        const isTyping = typing || (agents.get(agent.id)?.typing ?? false);
        agents.set(agent.id, { id: agent.id, name: agent.name, typing: isTyping });
      }
      return [...agents.values()];
    },
    sweep() {
      const now = clock.now();
      for (const viewing of [...screens.values()]) if (viewing.until <= now) leave(viewing);
    },
    close: unsubscribe,
  };
}
