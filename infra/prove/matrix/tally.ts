import type { AccessPolicy } from '@steward/auth';
import type { GraphqlAnswer, GraphqlError, Seeded, TestService } from '@steward/test-kit';
import type { GraphQLSchema } from 'graphql';

import type { Cell } from './viewers.ts';

/** A running service and one of the companies in it. */
export type Judged = {
  name: string;
  service: TestService;
  schema: GraphQLSchema;
  policy: AccessPolicy;
  /** Mutations that refuse by more than their row. */
  narrowed: readonly string[];
  /** Mutations by which people of the community enter something of their own. */
  forThemselves: readonly string[];
  home: Seeded;
};

export type Failure = { service: string; where: string; role: string; standing: string; what: string };

export type Tally = {
  /** Fields, look-ups, lists and mutations, each times role and standing. */
  cells: number;
  failures: Failure[];
  /** Coordinates with a row of their own, by whether anybody who may read them met a value. */
  met: Map<string, boolean>;
  /** Rows of lists that the seed did not report and that an own grant might show: they could not be judged. */
  unjudged: number;
};

export const newTally = (): Tally => ({ cells: 0, failures: [], met: new Map(), unjudged: 0 });

export function fail(tally: Tally, { name }: Judged, where: string, { role, standing }: Cell, what: string): void {
  tally.failures.push({ service: name, where, role, standing, what });
}

export type Answer = GraphqlAnswer<Record<string, unknown> | null>;

export const errorsUnder = (answer: Answer, alias: string): GraphqlError[] =>
  (answer.errors ?? []).filter(({ path }) => path?.[0] === alias);

export const codesOf = (errors: readonly GraphqlError[]): string =>
  errors.map(({ extensions }) => `${extensions.code}/${extensions.reason}`).join(' ') || 'no error';

/** A call and what came back. */
export type Asked = { variables: object; answer: Answer };

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What an answer tells its reader, without the words, and without the ids that the question named itself. */
export function toldBy({ variables, answer }: Asked): string {
  const named = [...new Set(JSON.stringify(variables).match(uuid) ?? [])];
  return toldIn(answer).replaceAll(uuid, (id) => (named.includes(id) ? `asked ${named.indexOf(id)}` : id));
}

const toldIn = (answer: Answer): string =>
  JSON.stringify([
    (answer.errors ?? []).map(({ path, extensions }) => [
      path,
      extensions.code,
      extensions.reason,
      extensions.rule,
      (extensions.violations ?? []).map((violation) => [violation.path, violation.reason]),
    ]),
    answer.data,
  ]);

/** A few at a time: the service has a pool of its own. */
export async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<void>, width = 4): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
