import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FeedStatus } from '../live/live-feed.ts';
import { useWorkspace } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import './connection-banner.css';

const BACK_SHOWN_MS = 4000;
/** A first connection that takes less than this is nobody's concern. */
const CONNECTING_UNSEEN_MS = 1500;

/** Tells of a lost connection, of the tries to get it back, and of its return. */
export function ConnectionBanner({ feed }: { feed: FeedStatus }) {
  const workspace = useWorkspace();
  const back = useBack(feed);
  const slow = useSlowStart(feed);
  const text = bannerText(feed, back, slow);
  return (
    <div role="status">
      {text === null ? null : (
        <div className={`banner ${back ? 'banner-back' : ''}`}>
          {back ? (
            <IconPlugConnected size={16} stroke={1.5} aria-hidden />
          ) : (
            <IconPlugConnectedX size={16} stroke={1.5} aria-hidden />
          )}
          <span>{text}</span>
          {feed.state === 'offline' ? (
            <button type="button" onClick={() => workspace.retryNow()}>
              {words.connection.retryNow}
            </button>
          ) : null}
        </div>
      )}
    </div>
  );
}

function bannerText(feed: FeedStatus, back: boolean, slow: boolean): string | null {
  if (feed.state === 'live') return back ? words.connection.back : null;
  if (feed.tries > 0) return words.connection.offline(feed.tries);
  return slow ? words.connection.connecting : null;
}

function useBack(feed: FeedStatus): boolean {
  const wasLost = useRef(false);
  const [back, setBack] = useState(false);
  useEffect(() => {
    if (feed.tries > 0) wasLost.current = true;
    if (feed.state !== 'live' || !wasLost.current) return;
    wasLost.current = false;
    setBack(true);
    const timer = setTimeout(() => setBack(false), BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [feed]);
  return back && feed.state === 'live';
}

function useSlowStart(feed: FeedStatus): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (feed.state === 'live') return;
    const timer = setTimeout(() => setSlow(true), CONNECTING_UNSEEN_MS);
    return () => clearTimeout(timer);
  }, [feed]);
  return slow;
}
