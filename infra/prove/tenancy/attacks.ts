import { roles, type Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer } from '@steward/test-kit';
import { getNamedType, isInputObjectType, isObjectType, type GraphQLField } from 'graphql';

import type { SeededRandom } from '../../demo/seeded-random.ts';
import { argumentsOf, idsOf, isConnection, selectionOf, typeOf } from '../matrix/documents.ts';
import { mutationsOf, targetOf } from '../matrix/judge-mutations.ts';
import { rowDocument } from '../matrix/judge-reads.ts';
import { queriesOf } from '../matrix/judge-roots.ts';
import { isPersonRole } from '../matrix/oracle.ts';
import type { Victim } from './victim.ts';

type Field = GraphQLField<unknown, unknown>;
type Operation = { document: string; variables: object };

/** A call that should bring nothing of the victim's home. */
export type Attack =
  | ({ kind: string; what: string; viewer: Viewer } & Operation)
  | { kind: 'file link'; what: string; method: string; path: string };

/** Callers of each victim: an identity is signed and verified once for many calls. */
const callers = new WeakMap<Victim, Map<string, Viewer>>();

function caller(victim: Victim, key: string, make: () => Viewer): Viewer {
  const known = callers.get(victim) ?? new Map<string, Viewer>();
  callers.set(victim, known);
  const viewer = known.get(key) ?? make();
  known.set(key, viewer);
  return viewer;
}

/** Somebody of another company who claims as much of the victim's as a token can: communities, a person, a member of staff. */
function attackerOf(victim: Victim, tenantId: string, random: SeededRandom): Viewer {
  const { home } = victim.judged;
  const role = random.pick(roles);
  const communityIds = random.pick<Viewer['communityIds']>(['all', [home.communityId]]);
  const owned = random.pick(home.rows).own;
  const ownId = isPersonRole(role) ? owned?.personId : owned?.staffId;
  const there = { roles: [role], tenantId, communityIds };
  return caller(victim, [tenantId, role, communityIds, ownId].join(' '), () =>
    isPersonRole(role)
      ? aResidentViewer({ ...there, personId: ownId ?? newId() })
      : aStaffViewer({ ...there, staffId: ownId ?? newId() }),
  );
}

/** One of the victim's own people, but of another company. */
const abroad = (victim: Victim, theirs: Viewer, tenantId: string): Viewer =>
  caller(victim, `${tenantId} ${theirs.sub}`, () => ({ ...theirs, tenantId }));

function references({ judged }: Victim, random: SeededRandom): Operation & { what: string } {
  const { type: name } = random.pick(judged.home.rows);
  const type = judged.schema.getType(name);
  if (!isObjectType(type)) throw new TypeError(`${name} is no type`);
  const of = judged.home.rows.filter((row) => row.type === name).map(({ id }) => ({ __typename: name, id }));
  return { what: name, document: rowDocument(judged, type), variables: { of } };
}

const lookUp = ({ judged }: Victim, field: Field): Operation => {
  const { text, declared, variables } = argumentsOf(field, idsOf(judged.home, typeOf(field.type)?.name ?? null));
  return {
    document: `query ${declared} { ${field.name}${text} ${selectionOf(judged.policy, field.type)} }`,
    variables,
  };
};

/** A filter of some of its ids, all of them the victim's. */
function filtered({ judged }: Victim, field: Field, random: SeededRandom): Operation {
  const type = field.args.find(({ name }) => name === 'filter')?.type;
  const named = type === undefined ? undefined : getNamedType(type);
  if (type === undefined || !isInputObjectType(named)) return lookUp({ judged } as Victim, field);
  const idOf = idsOf(judged.home, typeOf(field.type)?.name ?? null);
  const ids = Object.values(named.getFields()).filter((each) => getNamedType(each.type).name === 'ID');
  const said = ids.filter(() => random.chance(0.5));
  const filter = Object.fromEntries(
    said.map((each) => [each.name, String(each.type).startsWith('[') ? [idOf(each.name)] : idOf(each.name)]),
  );
  const document = `query ($filter: ${String(type)}) { ${field.name}(first: 100, filter: $filter) ${selectionOf(judged.policy, field.type)} }`;
  return { document, variables: { filter } };
}

const beyondCursor = ({ judged, cursors }: Victim, field: Field): Operation => ({
  document: `query ($after: String) { ${field.name}(first: 100, after: $after) ${selectionOf(judged.policy, field.type)} }`,
  variables: { after: cursors.get(field.name) },
});

const changing = ({ judged }: Victim, field: Field): Operation => {
  const target = targetOf(judged, field)?.type ?? null;
  const { text, declared, variables } = argumentsOf(field, idsOf(judged.home, target));
  return {
    document: `mutation ${declared} { ${field.name}${text} ${selectionOf(judged.policy, field.type)} }`,
    variables,
  };
};

/** A signed link with its tenant, its operation or a byte of its signature changed, or used for another method. */
function bentLink(link: string, tenantId: string, random: SeededRandom): { method: string; path: string } {
  const [, head = '', payload = '', signature = ''] = /^(.*\/)([\w-]+)\.([\w-]+)$/.exec(link) ?? [];
  const said = Buffer.from(payload, 'base64url').toString().split('|');
  const changed = (at: number, value: string): string =>
    Buffer.from(said.map((each, index) => (index === at ? value : each)).join('|')).toString('base64url');
  const flipped = `${signature.slice(0, -2)}${signature.at(-2) === 'A' ? 'B' : 'A'}${signature.slice(-1)}`;
  return random.pick([
    { method: 'GET', path: `${head}${changed(2, tenantId)}.${signature}` },
    { method: 'PUT', path: `${head}${changed(0, 'upload')}.${signature}` },
    { method: 'GET', path: `${head}${changed(4, '9999999999999')}.${signature}` },
    { method: 'GET', path: `${head}${payload}.${flipped}` },
    { method: 'PUT', path: link },
  ]);
}

/** One call, decided by `random` alone but for new ids. */
export function anAttack(victim: Victim, tenantId: string, random: SeededRandom): Attack {
  const { judged, cursors, sent, fileLinks } = victim;
  const viewer = attackerOf(victim, tenantId, random);
  const queries = queriesOf(judged);
  const lists = queries.filter((field) => isConnection(typeOf(field.type) ?? ({ name: '' } as never)));
  const kind = random.pick([
    'reference',
    'reference',
    'look-up',
    'filter',
    'cursor',
    'mutation',
    'replay',
    'file link',
  ]);
  if (kind === 'file link' && fileLinks.length > 0)
    return { kind, what: 'download', ...bentLink(random.pick(fileLinks), tenantId, random) };
  if (kind === 'replay' && sent.length > 0) {
    const { viewer: theirs, document, variables } = random.pick(sent);
    return {
      kind,
      what: /\{\s*(\w+)/.exec(document)?.[1] ?? '',
      viewer: abroad(victim, theirs, tenantId),
      document,
      variables,
    };
  }
  if (kind === 'cursor' && cursors.size > 0) {
    const field = random.pick(lists.filter(({ name }) => cursors.has(name)));
    return { kind, what: field.name, viewer, ...beyondCursor(victim, field) };
  }
  if (kind === 'filter') {
    const field = random.pick(lists);
    return { kind, what: field.name, viewer, ...filtered(victim, field, random) };
  }
  if (kind === 'mutation') {
    const field = random.pick(mutationsOf(judged));
    return { kind, what: field.name, viewer, ...changing(victim, field) };
  }
  if (kind === 'look-up') {
    const field = random.pick(queries);
    return { kind, what: field.name, viewer, ...lookUp(victim, field) };
  }
  return { kind: 'reference', viewer, ...references(victim, random) };
}
