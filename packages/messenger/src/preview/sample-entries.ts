import type { ChatMessage, ChatNotice, Entry } from '@countersign/transport';

export const scenes = ['signed-in', 'guest', 'survey', 'ended'] as const;
export type Scene = (typeof scenes)[number];

/** Who says what, in the sample world's words. */
type Line = readonly [direction: 'inbound' | 'outbound', text: string];

const lines: Record<string, readonly Line[]> = {
  en: [
    ['inbound', 'My parcel is late, and I leave on Friday.'],
    ['outbound', 'Hello Ada, I have your order here. It will be with you tomorrow before noon.'],
    ['inbound', 'Wonderful. Thank you'],
  ],
  de: [
    ['inbound', 'Mein Paket verspätet sich, und am Freitag reise ich ab.'],
    ['outbound', 'Hallo Ada, ich habe Ihre Bestellung hier. Morgen Vormittag ist sie bei Ihnen.'],
    ['inbound', 'Wunderbar. Vielen Dank'],
  ],
  ro: [
    ['inbound', 'Coletul meu întârzie, iar vineri plec.'],
    ['outbound', 'Bună, Ada, am comanda aici. Mâine până la prânz este la dumneavoastră.'],
    ['inbound', 'Minunat. Mulțumesc'],
  ],
};

const MINUTE_MS = 60_000;

/** What was said in a scene; before the chat, nothing. */
export function sampleEntries(scene: Scene, language: string): Entry[] {
  if (scene === 'survey') return [];
  const said = lines[language.slice(0, 2)] ?? lines.en ?? [];
  const first = Date.now() - (said.length + 1) * MINUTE_MS;
  const at = (place: number) => new Date(first + place * MINUTE_MS).toISOString();
  const messages: Entry[] = said.map(
    ([direction, text], place): ChatMessage => ({
      kind: 'message',
      id: `sample-${place}`,
      key: `sample-${place}`,
      at: at(place),
      direction,
      ...(direction === 'outbound' ? { from: 'Maria' } : {}),
      text,
      content: [],
      bot: false,
      authenticated: scene === 'signed-in',
      delivery: { kind: 'sent' },
    }),
  );
  const notice = (presence: ChatNotice['presence'], place: number): ChatNotice => ({
    kind: 'notice',
    id: presence,
    key: presence,
    at: at(place),
    direction: 'outbound',
    presence,
    readOnly: false,
  });
  if (scene === 'ended') return [...messages, notice('Disconnect', said.length)];
  return messages;
}
