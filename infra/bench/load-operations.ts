import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Kind, parse, type FieldDefinitionNode, type TypeNode } from 'graphql';

import { root } from '../start/layout.ts';
import type { LoadOperation } from './load-messages.ts';

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

/** A list that can be asked for without saying more, and not one for operators alone. */
const isPlainList = ({ name, type, arguments: given = [] }: FieldDefinitionNode): boolean =>
  nameOf(type).endsWith('Connection') &&
  !name.value.startsWith('parked') &&
  given.every((each) => each.type.kind !== Kind.NON_NULL_TYPE || each.defaultValue !== undefined);

function listOf(service: string): string {
  const file = path.join(root, 'services', service, 'schema.graphql');
  const fields = parse(readFileSync(file, 'utf8')).definitions.flatMap((node) =>
    (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    node.name.value === 'Query'
      ? (node.fields ?? [])
      : [],
  );
  const list = fields.find(isPlainList);
  if (list === undefined) throw new Error(`${service} has no list that can be asked for without arguments`);
  return list.name.value;
}

/** One query that every service has a part in. */
export const queryOfAll = (services: readonly string[]): LoadOperation => ({
  query: `{ ${services.map((service) => `${listOf(service)}(first: 1) { nodes { __typename } }`).join(' ')} }`,
});

/** A command that can be sent again and again: each enters a department of its own. */
export const registerDepartment: LoadOperation = {
  query: 'mutation($input: RegisterDepartmentInput!) { registerDepartment(input: $input) { department { id } } }',
  command: { name: '客户服务部' },
};

/** A page of a list, which costs a service and its database something. */
export const listDepartments: LoadOperation = {
  query: '{ departments(first: 20) { nodes { id version name } pageInfo { hasNextPage endCursor } } }',
};

/** Asks once; throws with what was refused. */
export async function askOnce(url: string, token: string, { query, command }: LoadOperation): Promise<void> {
  const variables =
    command === undefined ? {} : { input: { ...command, code: `D${randomBytes(8).toString('hex').toUpperCase()}` } };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { errors } = (await response.json()) as { errors?: unknown[] };
  if (errors !== undefined) throw new Error(`the load cannot be asked for: ${JSON.stringify(errors)}`);
}
