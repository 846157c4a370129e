/** One finding about a site. `remedy`: what to change, in one sentence. */
export interface Finding {
  name: string;
  status: 'ok' | 'warning' | 'failed' | 'skipped';
  observed: string;
  remedy?: string;
}

/** What was found, in the order in which it was looked for. */
export class Checklist {
  readonly findings: Finding[] = [];

  ok(name: string, observed: string): void {
    this.findings.push({ name, status: 'ok', observed });
  }

  warn(name: string, observed: string, remedy: string): void {
    this.findings.push({ name, status: 'warning', observed, remedy });
  }

  fail(name: string, observed: string, remedy: string): void {
    this.findings.push({ name, status: 'failed', observed, remedy });
  }

  skip(name: string, why: string): void {
    this.findings.push({ name, status: 'skipped', observed: why });
  }

  get failed(): boolean {
    return this.findings.some(({ status }) => status === 'failed');
  }
}
