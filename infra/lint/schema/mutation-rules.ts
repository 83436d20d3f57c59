import { hasDirective, rootTypes, type SchemaType } from './schema-model.ts';
import type { SchemaRule } from './schema-rule.ts';

/** `verbNoun(input: VerbNounInput!): VerbNounPayload!` */
export const mutationShape: SchemaRule = (type, complain, schema) => {
  if (type.name !== 'Mutation') return;
  for (const field of type.fields) {
    const words = field.name.charAt(0).toUpperCase() + field.name.slice(1);
    if (!/^[a-z]+[A-Z]/.test(field.name)) complain(field, `Mutation.${field.name} is not verbNoun`);
    const [input, ...others] = field.args;
    const takesInput = input?.name === 'input' && input.type === `${words}Input` && input.isNonNull && !input.isList;
    if (!takesInput || others.length > 0) complain(field, `Mutation.${field.name} takes (input: ${words}Input!)`);
    const answers = field.type === `${words}Payload` && field.isNonNull && !field.isList;
    if (!answers) complain(field, `Mutation.${field.name} answers ${words}Payload!`);
    const inputType = schema.types.find(({ name }) => name === `${words}Input`);
    if (inputType) inputFields(inputType, complain);
    const payload = schema.types.find(({ name }) => name === `${words}Payload`);
    if (payload) payloadFields(payload, complain);
  }
};

function inputFields(input: SchemaType, complain: Parameters<SchemaRule>[1]): void {
  const optional = (name: string, scalar: string): boolean =>
    input.fields.some((field) => field.name === name && field.type === scalar && !field.isNonNull && !field.isList);
  if (!optional('idempotencyKey', 'String')) complain(input, `${input.name} has no idempotencyKey: String`);
  // Revealing personal data reads; it changes no version.
  const changesExisting =
    !input.name.startsWith('Reveal') && input.fields.some(({ name, isNonNull }) => name === 'id' && isNonNull);
  if (changesExisting && !optional('expectedVersion', 'Int')) {
    complain(input, `${input.name} changes what exists and has no expectedVersion: Int`);
  }
}

const outcomes = new Set(['ok', 'success', 'error', 'errors', 'message']);

/** A refusal is an error of the response; a payload that carries one is checked by nobody. */
function payloadFields(payload: SchemaType, complain: Parameters<SchemaRule>[1]): void {
  for (const field of payload.fields) {
    if (outcomes.has(field.name)) complain(field, `${payload.name}.${field.name}: refusals are errors, not fields`);
  }
}

export const rootFields: SchemaRule = (type, complain) => {
  if (!rootTypes.has(type.name)) return;
  for (const field of type.fields) {
    if (hasDirective(field, 'shareable')) complain(field, `${type.name}.${field.name}: a root field is not @shareable`);
    if (field.name === 'node' || field.name === 'nodes') complain(field, `${type.name}.${field.name}: no node(id)`);
  }
  if (hasDirective(type, 'shareable')) complain(type, `${type.name} is not @shareable`);
};
