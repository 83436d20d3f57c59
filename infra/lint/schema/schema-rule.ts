import type { Described, Schema, SchemaField, SchemaType } from './schema-model.ts';

export type Complain = (at: Described, message: string) => void;

/** A rule looks at one type of a schema and complains about what breaks a convention. */
export type SchemaRule = (type: SchemaType, complain: Complain, schema: Schema) => void;

/** Fields with their arguments, each with the words that name it in a message. */
export function fieldsAndArguments(type: SchemaType): { field: SchemaField; path: string }[] {
  return type.fields.flatMap((field) => [
    { field, path: `${type.name}.${field.name}` },
    ...field.args.map((argument) => ({ field: argument, path: `${type.name}.${field.name}(${argument.name}:)` })),
  ]);
}
