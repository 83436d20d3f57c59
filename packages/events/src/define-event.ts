import { z } from 'zod';

/** A kind of fact as its publisher promises it: name, version and the schema of its data. */
export type EventDefinition<T> = {
  /** `steward.<publisher>.<aggregate>.<fact>.v<version>`: the CloudEvents type and, but for the prefix, the subject. */
  readonly type: string;
  readonly publisher: string;
  readonly aggregate: string;
  /** Past tense, kebab-case. */
  readonly fact: string;
  readonly version: number;
  readonly description: string;
  readonly data: z.ZodType<T>;
};

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Declares a kind of fact in the catalogue. Data are ids, codes and figures: no personal data, no free text. */
export function defineEvent<T>(event: Omit<EventDefinition<T>, 'type'>): EventDefinition<T> {
  const { publisher, aggregate, fact, version } = event;
  for (const word of [publisher, aggregate, fact]) {
    if (!kebab.test(word)) throw new Error(`an event's publisher, aggregate and fact are kebab-case, not ${word}`);
  }
  if (!Number.isInteger(version) || version < 1) throw new Error(`${aggregate}.${fact}: a version is 1 or higher`);
  return Object.freeze({ ...event, type: `steward.${publisher}.${aggregate}.${fact}.v${version}` });
}

/** The name a definition has in the catalogue: `workOrderAssigned`, and `workOrderAssignedV2` from version 2 on. */
export function constantName(definition: EventDefinition<unknown>): string {
  const words = `${definition.aggregate}-${definition.fact}`.split('-');
  const [first = '', ...others] = words;
  const name = first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return definition.version === 1 ? name : `${name}V${definition.version}`;
}

/** Made once per definition: deriving the strict form of a schema costs a millisecond. */
const strictSchemas = new WeakMap<object, z.ZodType>();

function strictSchemaOf<T>(definition: EventDefinition<T>): z.ZodType {
  const known = strictSchemas.get(definition);
  if (known !== undefined) return known;
  const schema = definition.data instanceof z.ZodObject ? definition.data.strict() : definition.data;
  strictSchemas.set(definition, schema);
  return schema;
}

/** What a publisher may send: unknown fields are refused, not carried along, so that nothing leaks by accident. */
export const publishableData = <T>(definition: EventDefinition<T>, data: T): T =>
  strictSchemaOf(definition).parse(data) as T;
