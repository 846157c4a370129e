/** The attempt that the node made of a proof, as the attempt log has it. */

interface Attempt {
  reference: string;
  deployment: string;
  outcome: 'accepted' | 'refused';
  reason: string | null;
  hint: string | null;
  subject: string | null;
  issuer: string | null;
}

export interface AttemptReader {
  /** Those there are now are none of what comes. */
  mark(): Promise<void>;
  /** The newest since the mark; by its reference where that is known. */
  newest(reference?: string): Promise<Attempt | null>;
}

const COUNT = 20;

export function attemptReader(settingId: string, deploymentId: string): AttemptReader {
  let known = new Set<string>();

  async function list(query: Record<string, string>): Promise<Attempt[]> {
    const asked = new URLSearchParams({ ...query, limit: `${COUNT}` });
    const response = await fetch(`/api/attempts?${asked}`);
    if (!response.ok) return [];
    const { items }: { items: Attempt[] } = await response.json();
    return items.filter(({ deployment }) => deployment === deploymentId);
  }

  return {
    async mark() {
      known = new Set((await list({ setting: settingId })).map(({ reference }) => reference));
    },
    async newest(reference) {
      const found = await list(reference ? { reference } : { setting: settingId });
      return found.find((attempt) => reference || !known.has(attempt.reference)) ?? null;
    },
  };
}
