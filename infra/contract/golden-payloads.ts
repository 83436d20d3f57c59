import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { allEvents, type EventDefinition } from '@steward/events';
import { z } from 'zod';

import { schemaOfEvent, variantsOf, type JsonSchema } from './event-schemas.ts';
import { contractDirectory } from './generated-contract.ts';

const goldenSchema = z.array(
  z.object({
    /** What is particular about it: everything is there, or only what must be. */
    name: z.string().min(1),
    /** The aggregate; facts of one aggregate share it over all files, and follow each other in a replay. */
    subject: z.guid(),
    communityId: z.guid(),
    data: z.record(z.string(), z.unknown()),
  }),
);

/** A payload as it was published once: kept for ever, and every later version of the code has to read it. */
export type GoldenPayload = z.infer<typeof goldenSchema>[number];

const fileOf = (type: string): string => `${contractDirectory}/golden/${type}.json`;

/** The golden payloads of a version of a fact; none when it has no file. */
export function readGolden(root: string, type: string): GoldenPayload[] {
  const path = join(root, fileOf(type));
  return existsSync(path) ? goldenSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
}

/** Fields that today's schema names and that no payload sets. */
export function uncoveredFields(schema: JsonSchema, values: readonly unknown[], path = 'data'): string[] {
  const present = values.filter((each) => each !== null && each !== undefined);
  if (present.length === 0) return [path];
  return variantsOf(schema).flatMap(({ properties, items }) => [
    ...Object.entries(properties ?? {}).flatMap(([name, property]) =>
      uncoveredFields(
        property,
        present.map((each) => (each as Record<string, unknown>)[name]),
        `${path}.${name}`,
      ),
    ),
    ...(items === undefined ? [] : uncoveredFields(items, present.flat(), `${path}[]`)),
  ]);
}

/**
 * Adds payloads for versions of facts that have none, and one more where a field has come that none of them sets; what
 * is there is never changed. They are a proposal that somebody reads: a field may have to agree with another.
 */
export function addGolden(root: string, definitions: readonly EventDefinition<unknown>[] = allEvents): string[] {
  return definitions.flatMap((definition) => {
    const known = readGolden(root, definition.type);
    const missing = uncoveredFields(
      schemaOfEvent(definition),
      known.map(({ data }) => data),
    );
    if (missing.length === 0) return [];
    const names = known.length === 0 ? ['complete', 'minimal'] : [`complete-${known.length}`];
    const file = fileOf(definition.type);
    mkdirSync(dirname(join(root, file)), { recursive: true });
    const payloads = [...known, ...names.map((name) => propose(definition, name))];
    writeFileSync(join(root, file), `${JSON.stringify(payloads, null, 2)}\n`);
    return [file];
  });
}

function propose(definition: EventDefinition<unknown>, name: string): GoldenPayload {
  const word = definition.aggregate.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const data = sample(schemaOfEvent(definition), { field: word, set: name }) as Record<string, unknown>;
  definition.data.parse(data);
  return { name, subject: idOf(`${word}Id`, name), communityId: idOf('communityId', name), data };
}

type Place = { field: string; set: string };

const isMinimal = ({ set }: Place): boolean => set === 'minimal';

/** The same id wherever a field of that name stands, so that facts speak of the same things. */
function idOf(field: string, set: string): string {
  const digits = createHash('sha256').update(`${set}:${field}`).digest('hex');
  return `019b76da-a800-7${digits.slice(0, 3)}-8${digits.slice(3, 6)}-${digits.slice(6, 18)}`;
}

function sample(schema: JsonSchema, place: Place): unknown {
  const variants = variantsOf(schema);
  if (isMinimal(place) && variants.some(({ type }) => type === 'null')) return null;
  if (variants.length > 1) return sample(variants.find(({ type }) => type !== 'null') ?? {}, place);
  const { const: only, enum: values } = schema;
  if (only !== undefined) return only;
  if (values !== undefined) return values.at(isMinimal(place) ? -1 : 0);
  if (schema.type === 'object') return sampleObject(schema, place);
  if (schema.type === 'array') return sampleArray(schema, place);
  if (schema.type === 'boolean') return !isMinimal(place);
  if (schema.type === 'integer' || schema.type === 'number') return sampleNumber(schema, place);
  return sampleText(schema, place);
}

function sampleObject({ properties, required, additionalProperties }: JsonSchema, place: Place): unknown {
  if (properties === undefined && typeof additionalProperties === 'object') {
    return isMinimal(place) ? {} : { number: sample(additionalProperties, { ...place, field: 'number' }) };
  }
  const wanted = Object.entries(properties ?? {}).filter(([name]) => !isMinimal(place) || required?.includes(name));
  return Object.fromEntries(wanted.map(([field, property]) => [field, sample(property, { ...place, field })]));
}

function sampleArray({ items, minItems }: JsonSchema, place: Place): unknown[] {
  const isEmpty = isMinimal(place) && typeof minItems !== 'number';
  return isEmpty ? [] : [sample(items ?? {}, { ...place, field: place.field.replace(/s$/, '') })];
}

function sampleNumber({ minimum, maximum }: JsonSchema, place: Place): number {
  const [low, high] = [Math.max(Number(minimum ?? 0), 0), Number(maximum ?? Infinity)];
  return isMinimal(place) ? low : Math.min(low + 3, high);
}

/** Texts that have to mean something, by field or by the end of its name. */
const texts: Record<string, string> = {
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  service: 'work-orders',
  aggregateType: 'work-order',
  number: 'WX-20260301-0042',
  month: '2026-02',
  path: '3/1/1201',
  rule: 'A110',
  policy: 'work',
  key: 'onSiteMinutes',
  tradeCode: 'PLUMBING',
  problemCode: 'LEAK',
  departmentCode: 'MAINTENANCE',
  channelCode: 'PHONE',
  chargeTypeCode: 'PAID_SERVICE',
  managementFeeShare: '0.70',
};

function sampleText({ format, pattern, minLength }: JsonSchema, place: Place): string {
  const { field, set } = place;
  if (pattern === '^[0-9a-f]{64}$') return createHash('sha256').update(`${set}:${field}`).digest('hex');
  const ends = /(To|Until|dueAt|breachedAt|metAt|leftOn)$/.test(field);
  if (format === 'uuid') return idOf(field === 'aggregateId' ? 'workOrderId' : field, set);
  if (format === 'date-time') return ends ? '2026-03-02T09:00:00Z' : '2026-03-01T01:30:00.250Z';
  if (format === 'date') return ends ? '2027-01-01' : '2026-01-01';
  const known = field === 'number' && isMinimal(place) ? 'WX-20260301-0043' : texts[field];
  const fits = (text: string): boolean => typeof pattern !== 'string' || new RegExp(pattern).test(text);
  if (known !== undefined && fits(known)) return known;
  const candidates = ['GENERAL', '12.5', '2026-02', ends ? '18:00' : '08:30'].filter(fits);
  return (candidates[0] ?? '').slice(0, Math.max(Number(minLength ?? 7), 7));
}
