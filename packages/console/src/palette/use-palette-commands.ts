import { createContext, useContext, useEffect, useId } from 'react';

export interface Command {
  label: string;
  run: () => void;
}

/** What the screens offer at the moment, by who offers it. */
export class PaletteCommands {
  readonly #offered = new Map<string, readonly Command[]>();

  offer(by: string, commands: readonly Command[]): void {
    this.#offered.set(by, commands);
  }

  withdraw(by: string): void {
    this.#offered.delete(by);
  }

  all(): Command[] {
    return [...this.#offered.values()].flat();
  }
}

export const PaletteContext = createContext(new PaletteCommands());

/** As long as the component is there, these are in the palette. */
export function usePaletteCommands(commands: readonly Command[]): void {
  const palette = useContext(PaletteContext);
  const id = useId();
  useEffect(() => palette.offer(id, commands));
  useEffect(() => () => palette.withdraw(id), [palette, id]);
}
