const LINK = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/;

/** Text and http(s) addresses in turn, text first: every second part is an address. */
export const splitLinks = (text: string): string[] => text.split(LINK);
