import { OpenedConfigurationFile } from '@countersign/protocol';
import type { Static, TArray, TSchema } from 'typebox';
import { Value } from 'typebox/value';

const sections = OpenedConfigurationFile.properties;

/**
 * The objects of a file that are whole, at their own index: one with a fault leaves a hole, which
 * `forEach`, `map` and `flatMap` pass over. So one look at a file finds both the misspelt key of one
 * object and the unknown name in another.
 */
export function wholeObjects(value: unknown): OpenedConfigurationFile {
  const section = (name: keyof typeof sections): unknown => memberOf(value, name);
  return {
    authenticationSettings: wholeOf(
      sections.authenticationSettings,
      section('authenticationSettings'),
    ),
    operatingHours: wholeOf(sections.operatingHours, section('operatingHours')),
    queues: wholeOf(sections.queues, section('queues')),
    workstreams: wholeOf(sections.workstreams, section('workstreams')),
    richMessages: wholeOf(sections.richMessages, section('richMessages')),
    quickReplies: wholeOf(sections.quickReplies, section('quickReplies')),
    messengerConfigurations: wholeOf(
      sections.messengerConfigurations,
      section('messengerConfigurations'),
    ),
    deployments: wholeOf(sections.deployments, section('deployments')),
    appleAccounts: wholeOf(sections.appleAccounts, section('appleAccounts')),
    users: wholeOf(sections.users, section('users')),
    apiKeys: wholeOf(sections.apiKeys, section('apiKeys')),
    webhooks: wholeOf(sections.webhooks, section('webhooks')),
  };
}

function wholeOf<T extends TSchema>(schema: TArray<T>, value: unknown): Static<T>[] {
  const whole: Static<T>[] = [];
  if (!Array.isArray(value)) return whole;
  value.forEach((item: unknown, index) => {
    if (Value.Check(schema.items, item)) whole[index] = item;
  });
  return whole;
}

/**
 * Names that objects with a fault have all the same: a reference to one is not another fault. Null when
 * the name itself is at fault: then any reference may have meant it.
 */
export function namesOfBroken(value: unknown, section: keyof typeof sections): string[] | null {
  const items = memberOf(value, section);
  if (!Array.isArray(items)) return [];
  const key = section === 'users' ? 'email' : 'name';
  const names = items.map((item: unknown) => memberOf(item, key));
  if (!names.every((name) => typeof name === 'string')) return null;
  return names.map((name) => (section === 'users' ? name.toLowerCase() : name));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
