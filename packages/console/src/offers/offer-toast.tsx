import type { Offer } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import { customerName } from '../customer/customer-facts.ts';
import { CustomerAvatar } from '../identity/customer-avatar.tsx';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { shownName } from '../inbox/conversation-row.tsx';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import { duration } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** How long the node may take to end an offer before the console does. */
const GRACE_MS = 2000;

/** A conversation that is offered to this agent for a few seconds. */
export function OfferToast({ offer }: { offer: Offer }) {
  const now = useNow(500);
  const answer = useAnswer(offer);
  const titleId = useId();
  const textId = useId();
  const { id } = offer.conversation;
  // The list knows the newest preview; an offer that came with the page has none.
  const conversation =
    useWorkspaceState((state) => state.conversations.get(id)) ?? offer.conversation;
  useExpiry(offer);
  const leftMs = Math.max(0, Date.parse(offer.expiresAt) - now);
  return (
    <div className="offer" role="alertdialog" aria-labelledby={titleId} aria-describedby={textId}>
      <div className="offer-head">
        <CustomerAvatar
          name={customerName(conversation) ?? words.list.guest}
          state={conversation.identity.state}
        />
        <div className="offer-who">
          <strong id={titleId}>{words.offer.title(shownName(conversation))}</strong>
          <p className="secondary">
            {conversation.queue ?? words.list.noQueue} ·{' '}
            {words.offer.waited(duration(now - Date.parse(conversation.openedAt)))}
          </p>
        </div>
        <span className={`offer-left ${leftMs < 10_000 ? 'offer-left-short' : ''}`}>
          {words.offer.left(duration(leftMs))}
        </span>
      </div>
      <p className={`offer-authenticated offer-${conversation.identity.state}`}>
        <IdentityGlyph state={conversation.identity.state} />
        {words.offer.authenticated(conversation.authenticated)}
      </p>
      {conversation.preview?.text ? (
        <p className="offer-preview one-line">{conversation.preview.text}</p>
      ) : null}
      <p className="secondary" id={textId}>
        {words.offer.timeout}
      </p>
      {answer.failure ? (
        <p className="offer-failure" role="alert">
          {answer.failure}
        </p>
      ) : null}
      <div className="offer-actions">
        <Button loading={answer.busy} onClick={() => void answer.accept()} fullWidth>
          {words.offer.accept}
        </Button>
        <Button
          variant="default"
          disabled={answer.busy}
          onClick={() => void answer.decline()}
          fullWidth
        >
          {words.offer.decline}
        </Button>
      </div>
      <span
        className="offer-countdown"
        style={{
          transform: `scaleX(${Math.min(1, leftMs / (Math.max(1, offer.seconds) * 1000))})`,
        }}
      />
    </div>
  );
}

/** An offer whose time is up goes, also when nobody says so. */
function useExpiry(offer: Offer): void {
  const workspace = useWorkspace();
  const { id } = offer.conversation;
  useEffect(() => {
    const leftMs = Date.parse(offer.expiresAt) - Date.now();
    const timer = setTimeout(() => workspace.expireOffer(id), leftMs + GRACE_MS);
    return () => clearTimeout(timer);
  }, [workspace, id, offer.expiresAt]);
}

function useAnswer(offer: Offer) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { id } = offer.conversation;
  const answer = async (call: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(null);
    try {
      await call();
    } catch {
      // An offer that is gone leaves with its own word; see OfferOverNotice.
      setFailure(words.offer.failed);
    }
    setBusy(false);
  };
  const accept = () =>
    answer(async () => {
      await workspace.accept(id);
      const params = { view: 'mine', conversation: id };
      await navigate({ to: '/inbox/$view/$conversation', params, search: {} });
    });
  return { busy, failure, accept, decline: () => workspace.decline(id) };
}
