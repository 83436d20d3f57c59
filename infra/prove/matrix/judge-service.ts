import type { Role } from '@steward/auth';
import { buildServiceSchema } from '@steward/service-kit';
import { isObjectType, isUnionType } from 'graphql';
import type { Seeded, ServiceSeed, TestService } from '@steward/test-kit';

import { judgeMutation, mayCarryOut, mutationsOf, targetOf } from './judge-mutations.ts';
import { judgeRow } from './judge-reads.ts';
import { judgeQuery, queriesOf } from './judge-roots.ts';
import { atOnce, fail, newTally, type Judged, type Tally } from './tally.ts';
import { cellsOf, type Cell } from './viewers.ts';

const tries = 5;

/** What a call meets on a busy machine: no connection in time, or an identity that ran out on the way. */
const tooLate = new Set(['UNAVAILABLE', 'UNAUTHENTICATED']);

/** What came too late has shown nothing, and is asked again. */
const patient = (service: TestService): TestService => ({
  ...service,
  graphql: async <T>(...call: Parameters<TestService['graphql']>) => {
    for (let left = tries; ; left -= 1) {
      const answer = await service.graphql<T>(...call);
      const isTooLate = answer.errors?.some(({ extensions }) => tooLate.has(extensions.code)) ?? false;
      if (!isTooLate || left === 1) return answer;
    }
  },
});

/** A service that runs, and the company in it that is judged. */
export function judgedOf(seed: ServiceSeed, service: TestService, home: Seeded): Judged {
  const { definition } = seed;
  return {
    name: definition.name,
    service: patient(service),
    schema: buildServiceSchema(definition),
    policy: definition.access,
    narrowed: seed.narrowed ?? [],
    forThemselves: seed.forThemselves ?? [],
    home,
  };
}

/** Guarded types that a reference can reach and of which the seed made none: nothing would be known of them. */
export function unseededTypes({ schema, policy, home }: Judged): string[] {
  const union = schema.getType('_Entity');
  const entities = isUnionType(union) ? union.getTypes() : [];
  const isAsked = (name: string): boolean =>
    policy[name] !== 'inherit' || Object.keys(policy).some((key) => key.startsWith(`${name}.`));
  const isHere = (name: string): boolean => {
    const extensions = schema.getType(name)?.extensions as { apollo?: { subgraph?: { resolveReference?: unknown } } };
    return extensions.apollo?.subgraph?.resolveReference !== undefined || policy[name] === 'inherit';
  };
  return entities
    .map(({ name }) => name)
    .filter((name) => isAsked(name) && isHere(name) && !home.rows.some(({ type }) => type === name));
}

/** Interfaces are not in use; the day a service has one, its fragments want cells of their own. */
export const interfacesOf = ({ schema }: Judged): string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) ? type.getInterfaces().map(({ name }) => name) : [],
  );

/** Which cells of a part are judged: all, or a share. */
export type Pick = <T extends { cell: Cell }>(cells: readonly T[]) => readonly T[];

export const all: Pick = (cells) => cells;

/** Owners of lists: the first person and the first member of staff that own anything. */
function ownerRow({ home }: Judged) {
  const personId = home.rows.find(({ own }) => own?.personId !== undefined)?.own?.personId;
  const staffId = home.rows.find(({ own }) => own?.staffId !== undefined)?.own?.staffId;
  const own = { ...(personId === undefined ? {} : { personId }), ...(staffId === undefined ? {} : { staffId }) };
  return { type: 'Owner', id: '', own };
}

async function judgeAnonymous(judged: Judged, tally: Tally): Promise<void> {
  const fields = [...queriesOf(judged), ...mutationsOf(judged)];
  const ask = async (query: string): Promise<void> => {
    const response = await fetch(`${judged.service.url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const cell = { role: 'nobody' as Role, standing: 'foreign' as const } as Cell;
    if (response.status !== 401) fail(tally, judged, query, cell, `anonymous: ${response.status}`);
  };
  for (const { name } of fields) {
    tally.cells += 1;
    await ask(`{ ${name} { __typename } }`);
  }
  tally.cells += 1;
  await ask('{ _entities(representations: []) { __typename } _service { sdl } }');
}

/** Own cells come last: what they may do they do, and the others are judged on the object as it was. */
const inOrder = (cells: readonly { cell: Cell }[]): Cell[] => {
  const order = ['foreign', 'elsewhere', 'community', 'own'];
  return cells.map(({ cell }) => cell).toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
};

type Asking = { field: ReturnType<typeof mutationsOf>[number]; cell: Cell };

/** All of a service's cells, or a share of them: fields, root fields, then mutations. */
export async function judgeService(judged: Judged, pick: Pick = all): Promise<Tally> {
  const tally = newTally();
  const { home } = judged;
  const rows = home.rows.flatMap((row) => cellsOf(row, home).map((cell) => ({ row, cell })));
  await atOnce(pick(rows), ({ row, cell }) => judgeRow(judged, row, cell, tally));
  const cells = cellsOf(ownerRow(judged), home);
  const roots = queriesOf(judged).flatMap((field) => cells.map((cell) => ({ field, cell })));
  await atOnce(pick(roots), ({ field, cell }) => judgeQuery(judged, field, cell, tally));
  await judgeAnonymous(judged, tally);
  const mutations = mutationsOf(judged).map((field) =>
    inOrder(pick(cellsOf(targetOf(judged, field), home).map((cell) => ({ cell })))).map((cell) => ({ field, cell })),
  );
  // What nobody may do changes nothing and can be asked at once, on the objects as they were.
  const isDone = ({ field, cell }: Asking): boolean => mayCarryOut(judged, field, cell);
  await atOnce(
    mutations.flat().filter((asking) => !isDone(asking)),
    ({ field, cell }) => judgeMutation(judged, field, cell, tally),
  );
  for (const { field, cell } of mutations.flat().filter(isDone)) await judgeMutation(judged, field, cell, tally);
  return tally;
}
