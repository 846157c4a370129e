import type { OpenedConfigurationFile } from '@countersign/protocol';
import { type FileCondition, partsOf } from './check-conditions.ts';
import type { FileFaults } from './faults.ts';
import type { KnownNames } from './known-names.ts';

/** Every name that stands for another object stands for one. */
export function checkReferences(
  file: OpenedConfigurationFile,
  known: KnownNames,
  faults: FileFaults,
): void {
  checkQueues(file, known);
  checkWorkstreams(file, known);
  file.quickReplies.forEach(({ workstreams }, index) => {
    workstreams.forEach((name, place) => {
      known.require(`quickReplies[${index}].workstreams[${place}]`, 'workstreams', name);
    });
  });
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
  checkApple(file, known, faults);
  file.deployments.forEach(({ configuration, workstream, operatingHours }, index) => {
    const path = `deployments[${index}]`;
    known.require(`${path}.configuration`, 'messengerConfigurations', configuration);
    known.require(`${path}.workstream`, 'workstreams', workstream);
    if (operatingHours) known.require(`${path}.operatingHours`, 'operatingHours', operatingHours);
  });
}

function checkApple(file: OpenedConfigurationFile, known: KnownNames, faults: FileFaults): void {
  file.authenticationSettings.forEach((setting, index) => {
    if (setting.type !== 'apple-oauth') return;
    setting.richMessages.forEach((name, place) => {
      known.require(
        `authenticationSettings[${index}].richMessages[${place}]`,
        'richMessages',
        name,
      );
    });
  });
  file.appleAccounts.forEach(({ workstream, authentication }, index) => {
    const path = `appleAccounts[${index}]`;
    known.require(`${path}.workstream`, 'workstreams', workstream);
    const { enabled, setting } = authentication;
    const at = `${path}.authentication.setting`;
    if (setting) known.require(at, 'authenticationSettings', setting);
    else if (enabled)
      faults.report(
        at,
        'missing: expected the name of an authentication setting, since authentication is enabled',
      );
  });
}

function checkQueues(file: OpenedConfigurationFile, known: KnownNames): void {
  file.queues.forEach(({ members, operatingHours, overflow = {} }, index) => {
    const path = `queues[${index}]`;
    members.forEach((email, member) => {
      known.require(`${path}.members[${member}]`, 'users', email.toLowerCase());
    });
    if (operatingHours) known.require(`${path}.operatingHours`, 'operatingHours', operatingHours);
    for (const [kind, value] of Object.entries(overflow)) {
      if (value?.queue) known.require(`${path}.overflow.${kind}.queue`, 'queues', value.queue);
    }
  });
}

function checkWorkstreams(file: OpenedConfigurationFile, known: KnownNames): void {
  file.workstreams.forEach(({ classification, routeToQueue, fallbackQueue }, index) => {
    const path = `workstreams[${index}]`;
    classification.forEach(({ rules }, ruleset) => {
      rules.forEach(({ when }, rule) => {
        checkNames(when, `${path}.classification[${ruleset}].rules[${rule}].when`, known);
      });
    });
    routeToQueue.forEach(({ when, queue, allocate = [] }, rule) => {
      const at = `${path}.routeToQueue[${rule}]`;
      checkNames(when, `${at}.when`, known);
      if (queue) known.require(`${at}.queue`, 'queues', queue);
      allocate.forEach((part, place) => {
        known.require(`${at}.allocate[${place}].queue`, 'queues', part.queue);
      });
    });
    known.require(`${path}.fallbackQueue`, 'queues', fallbackQueue);
  });
}

/** The objects that a condition speaks of. */
function checkNames(condition: FileCondition, path: string, known: KnownNames): void {
  for (const { inner, at } of partsOf(condition, path)) checkNames(inner, at, known);
  if ('setting' in condition)
    known.require(`${path}.setting`, 'authenticationSettings', condition.setting);
  if ('deployment' in condition)
    known.require(`${path}.deployment`, 'deployments', condition.deployment);
  if ('hours' in condition) known.require(`${path}.hours`, 'operatingHours', condition.hours);
}
