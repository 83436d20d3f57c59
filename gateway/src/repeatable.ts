import { Kind, parse, type FieldNode, type ValueNode } from 'graphql';
import type { SubgraphRequest } from './subgraph-call.ts';

/**
 * Whether a mutation may be sent again after its connection broke: every command in it carries an idempotency key, by
 * which the service answers the first result. Asked only when a connection has broken.
 */
export function isKeyedMutation({ query = '', variables = {} }: SubgraphRequest): boolean {
  const keyed = (value: ValueNode): boolean => {
    if (value.kind === Kind.VARIABLE) return hasKey(variables[value.name.value]);
    if (value.kind !== Kind.OBJECT) return false;
    const field = value.fields.find(({ name }) => name.value === 'idempotencyKey')?.value;
    if (field?.kind === Kind.VARIABLE) return typeof variables[field.name.value] === 'string';
    return field?.kind === Kind.STRING;
  };
  const isKeyed = ({ arguments: given = [] }: FieldNode): boolean =>
    given.some(({ name, value }) => name.value === 'input' && keyed(value));
  const [operation] = parse(query, { noLocation: true }).definitions;
  return (
    operation?.kind === Kind.OPERATION_DEFINITION &&
    operation.selectionSet.selections.every((field) => field.kind === Kind.FIELD && isKeyed(field))
  );
}

const hasKey = (input: unknown): boolean =>
  typeof (input as { idempotencyKey?: unknown } | null | undefined)?.idempotencyKey === 'string';
