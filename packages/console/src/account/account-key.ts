/** Of the queries about the own account. */
export const accountKey = ['account'] as const;
