import type { OpenedConfigurationFile } from '@countersign/protocol';
import type { FileFaults } from './faults.ts';

/** Sections that are read and validated but that this version cannot apply. */
const sections = ['richMessages', 'appleAccounts'] as const;

/** Nothing is dropped silently: what would have no effect is a fault. */
export function reportUnsupported(file: OpenedConfigurationFile, faults: FileFaults): void {
  const report = (path: string, what: string): void =>
    faults.report(path, `not yet supported: expected no ${what}`);

  for (const section of sections) {
    if (file[section].length > 0) report(section, section);
  }
  file.authenticationSettings.forEach(({ type }, index) => {
    if (type === 'apple-oauth') report(`authenticationSettings[${index}].type`, type);
  });
  file.workstreams.forEach(({ channel }, index) => {
    if (channel === 'apple')
      report(`workstreams[${index}].channel`, 'workstream of the channel apple');
  });
}
