import { useEffect, useRef } from 'react';
import { shownName } from '../inbox/conversation-row.tsx';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { MentionNotices } from '../mentions/mention-notices.tsx';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { words } from '../strings/words.ts';
import { OfferOverNotice } from './offer-over-notice.tsx';
import { OfferToast } from './offer-toast.tsx';
import './offer-toast.css';

/** Offers to this agent, over every screen. They never take the focus; O leads to them. */
export function OfferToasts() {
  const offers = useWorkspaceState((state) => state.offers);
  const over = useWorkspaceState((state) => state.offerOver);
  const mentions = useWorkspaceState((state) => state.mentions);
  const region = useRef<HTMLElement>(null);
  useShortcut('offer', () => region.current?.querySelector('button')?.focus(), offers.length > 0);
  return (
    <section
      ref={region}
      className="offers"
      aria-label={words.shortcuts.keys.offer}
      hidden={offers.length === 0 && mentions.length === 0 && !over}
    >
      {offers.map((offer) => (
        <OfferToast key={`${offer.conversation.id} ${offer.expiresAt}`} offer={offer} />
      ))}
      <MentionNotices />
      {over ? <OfferOverNotice key={over.conversation.id} over={over} /> : null}
    </section>
  );
}

/** Says an offer once, politely, to a screen reader. */
export function OfferAnnouncer() {
  const offers = useWorkspaceState((state) => state.offers);
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const last = offers.at(-1);
    if (!region.current) return;
    region.current.textContent = last
      ? words.offer.announce(
          shownName(last.conversation),
          last.conversation.queue ?? words.list.noQueue,
          last.conversation.authenticated,
          last.seconds,
        )
      : '';
  }, [offers]);
  return <div ref={region} className="unseen" role="status" />;
}
