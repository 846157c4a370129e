/**
 * Where the options of a `Select` open that stands in a dialog: inside of it, for whoever is told that only
 * the dialog can be used now, and not cut off by it.
 */
export const insideDialog = { withinPortal: false, floatingStrategy: 'fixed' } as const;
