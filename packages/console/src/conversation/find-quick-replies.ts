import type { QuickReply } from '@countersign/protocol';

const AT_MOST = 50;
const LAST_RESORT = 'en';

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** By a part of the title, or `#` and the beginning of a tag; in the customer's language first. */
export function findQuickReplies(
  replies: readonly QuickReply[],
  query: string,
  locale: string | undefined,
): QuickReply[] {
  const wanted = fold(query.replace(/^#/, ''));
  const fits = ({ title, tags }: QuickReply): boolean =>
    query.startsWith('#')
      ? tags.some((tag) => fold(tag).startsWith(wanted))
      : fold(title).includes(wanted);
  const languages = languagesOf(locale);
  const place = (reply: QuickReply): number => {
    const index = languages.indexOf(reply.locale.toLowerCase());
    return index === -1 ? languages.length : index;
  };
  return replies
    .filter(fits)
    .sort((a, b) => place(a) - place(b) || a.title.localeCompare(b.title))
    .slice(0, AT_MOST);
}

/** `de-AT` is first itself, then German, then English. */
const languagesOf = (locale = LAST_RESORT): string[] => [
  locale.toLowerCase(),
  locale.toLowerCase().split('-')[0] ?? LAST_RESORT,
  LAST_RESORT,
];
