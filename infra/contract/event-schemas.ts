import { envelopeSchema, type EventDefinition } from '@steward/events';
import { z } from 'zod';

/** A JSON Schema as zod writes it: the keywords that are looked into, and any other. */
export type JsonSchema = {
  $id?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  [keyword: string]: unknown;
};

/** The alternatives that a schema allows: of a field that may be null the value and `null`. */
export function variantsOf(schema: JsonSchema): JsonSchema[] {
  if (schema.anyOf !== undefined) return schema.anyOf;
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema];
}

/** The CloudEvents attribute `dataschema` of a kind of fact, and the `$id` of its schema. */
export const schemaId = (type: string): string => `urn:steward:schema:${type}`;

/**
 * Draft 7 is what AsyncAPI's own schemas are made of. As an input: unknown fields are not forbidden, because a
 * consumer passes over what it does not know yet.
 */
export const toJsonSchema = (schema: z.ZodType): JsonSchema =>
  // The type of the library allows more than zod makes of schemas without a cycle.
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as JsonSchema;

/** What consumers may rely on in the data of one version of a fact. */
export function schemaOfEvent({ type, description, data }: EventDefinition<unknown>): JsonSchema {
  const { $schema, ...schema } = toJsonSchema(data);
  return { $schema, $id: schemaId(type), title: type, description, ...schema };
}

/** What consumers may rely on around the data of every fact. */
export function schemaOfEnvelope(): JsonSchema {
  const { $schema, ...schema } = toJsonSchema(envelopeSchema);
  const description = 'CloudEvents 1.0 in structured JSON, with the extension attributes of the platform.';
  return { $schema, $id: schemaId('envelope'), title: 'Envelope', description, ...schema };
}
