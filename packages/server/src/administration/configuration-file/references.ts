import type { OpenedConfigurationFile } from '@countersign/protocol';
import type { FileFaults } from './faults.ts';
import type { KnownNames } from './known-names.ts';

/**
 * Every name that stands for another object stands for one. What this version cannot apply yet is
 * left out: its fault is another, and the objects it names could not have been written either.
 */
export function checkReferences(
  file: OpenedConfigurationFile,
  known: KnownNames,
  faults: FileFaults,
): void {
  checkMembers(file, known);
  checkWorkstreams(file, known);
  file.messengerConfigurations.forEach(({ authentication }, index) => {
    const path = `messengerConfigurations[${index}].authentication`;
    if (authentication.setting) {
      known.require(`${path}.setting`, 'authenticationSettings', authentication.setting);
    } else if (authentication.enabled) {
      faults.report(
        `${path}.setting`,
        'missing: expected the name of an authentication setting, since authentication is enabled',
      );
    }
  });
  file.deployments.forEach(({ configuration, workstream }, index) => {
    const path = `deployments[${index}]`;
    known.require(`${path}.configuration`, 'messengerConfigurations', configuration);
    known.require(`${path}.workstream`, 'workstreams', workstream);
  });
}

function checkMembers(file: OpenedConfigurationFile, known: KnownNames): void {
  file.queues.forEach(({ members }, queue) => {
    members.forEach((email, member) => {
      known.require(`queues[${queue}].members[${member}]`, 'users', email.toLowerCase());
    });
  });
}

function checkWorkstreams(file: OpenedConfigurationFile, known: KnownNames): void {
  file.workstreams.forEach(({ routeToQueue, fallbackQueue }, index) => {
    const path = `workstreams[${index}]`;
    routeToQueue.forEach(({ queue }, rule) => {
      known.require(`${path}.routeToQueue[${rule}].queue`, 'queues', queue);
    });
    known.require(`${path}.fallbackQueue`, 'queues', fallbackQueue);
  });
}
