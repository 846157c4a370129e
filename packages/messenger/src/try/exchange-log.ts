/** What happens, line by line, and what the customer is now. */

export type Look = 'plain' | 'good' | 'bad';
export interface Link {
  href: string;
  text: string;
}

export interface ExchangeLog {
  add(text: string, look?: Look, link?: Link): void;
  /** Null: nobody is proven. */
  verified(as: string | null): void;
}

export function exchangeLog(list: HTMLElement, standing: HTMLElement): ExchangeLog {
  return {
    add(text, look = 'plain', link) {
      const line = document.createElement('li');
      const time = document.createElement('time');
      const now = new Date();
      time.dateTime = now.toISOString();
      time.textContent = now.toLocaleTimeString();
      line.className = look;
      line.append(time, ` ${text}`);
      if (link) {
        const anchor = document.createElement('a');
        anchor.href = link.href;
        anchor.textContent = link.text;
        line.append(' ', anchor);
      }
      list.append(line);
      line.scrollIntoView({ block: 'nearest' });
    },
    verified(as) {
      standing.textContent =
        as === null ? 'The customer is not verified.' : `The customer is verified: ${as}.`;
      standing.className = as === null ? '' : 'good';
    },
  };
}
