import type { Bodies } from '../../../configuration/index.ts';
import { newId } from '../../../platform/index.ts';
import type { Applying } from '../../apply-configuration.ts';
import { publishDraft, saveDraft } from '../../objects/change-draft.ts';
import { checkObject } from '../../objects/check-object.ts';
import { fileObject, sealedForm } from '../../objects/file-object.ts';
import { namesOf } from '../../objects/names.ts';
import type { VendorParts } from '../parts.ts';
import { changing, faulty, invalidAt } from '../vendor-fault.ts';
import type { GivenConfiguration } from './given-configuration.ts';
import { draftOf, readConfiguration, stateOf } from './read-configuration.ts';
import { requireIntegration } from './require-integration.ts';
import type { ConfigurationState } from './shown-configuration.ts';
import { configurationPlace, toBody } from './to-body.ts';

const kind = 'messengerConfigurations';
type Body = Bodies[typeof kind];

/** A configuration is a draft before it is anything else. Answers its id. */
export async function createConfiguration(
  parts: VendorParts,
  given: GivenConfiguration,
  author: Applying,
): Promise<string> {
  const { name } = given;
  if (name === undefined) throw invalidAt('name', 'expected a name');
  const id = newId();
  await parts.configuration.refresh();
  const before = initialBody(parts, { id, name });
  await save(parts, { id, name, body: toBody(given, before), version: 0 }, before, author);
  return id;
}

/** The defaults of the configuration file. */
function initialBody(
  { configuration }: VendorParts,
  { id, name }: { id: string; name: string },
): Body {
  const result = checkObject({ section: kind, id, object: { name } }, configuration.stored());
  if ('faults' in result) throw faulty(configurationPlace, result.faults);
  if (result.draft.kind !== kind) throw new Error('a configuration of another kind');
  return result.draft.body;
}

/** On top of the draft there is, or of what is live. */
export async function replaceDraft(
  parts: VendorParts,
  id: string,
  given: GivenConfiguration,
  author: Applying,
): Promise<void> {
  const stored = await readConfiguration(parts, id);
  const { name, body } = draftOf(stored);
  const change = { id, name: given.name ?? name, body: toBody(given, body) };
  await save(parts, { ...change, version: stored.draft?.version ?? 0 }, body, author);
}

async function save(
  parts: VendorParts,
  { id, name, body, version }: { id: string; name: string; body: Body; version: number },
  before: Body,
  author: Applying,
): Promise<void> {
  const stored = parts.configuration.stored();
  requireIntegration(stored, body, before);
  const object = fileObject({ kind, id, name, body }, namesOf(stored), sealedForm);
  await changing(configurationPlace, () => saveDraft(parts, { id, object, version }, author));
}

/** The draft becomes the next version. Without one, what is live stays as it is. */
export async function publishConfiguration(
  parts: VendorParts,
  id: string,
  author: Applying,
): Promise<ConfigurationState> {
  const { draft } = await readConfiguration(parts, id);
  if (draft) {
    const change = { id, version: draft.version };
    await changing(configurationPlace, () => publishDraft(parts, change, author));
  }
  const { published } = await readConfiguration(parts, id);
  if (!published) throw new Error('what was published is not stored');
  return stateOf(published);
}
