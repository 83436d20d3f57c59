import { newId } from '@steward/core';

import { seededRandom } from '../../demo/seeded-random.ts';
import type { Judged } from '../matrix/tally.ts';
import type { Sent } from '../recording.ts';
import { anAttack, type Attack } from './attacks.ts';
import { aVictim, changedTables, idsIn, stateOf, type Victim } from './victim.ts';

export type Target = { judged: Judged; sent: readonly Sent[] };

export type TenancyResult = {
  calls: number;
  /** The first call that was not made. */
  until: number;
  /** Calls by kind. */
  kinds: Record<string, number>;
  /** Answers that carried something of the other company, and tables of theirs that changed. */
  failures: string[];
  /** Calls that ended in an unforeseen error; they show nothing, and should not happen. */
  internal: string[];
  /** Ids of its own that the company itself is shown by the same questions: the search finds what is there. */
  control: number;
};

type Told = { text: string; isFile: boolean; status: number };

async function carryOut({ judged }: Victim, attack: Attack): Promise<Told> {
  if (!('document' in attack)) {
    const headers = attack.method === 'PUT' ? { 'content-type': 'image/png' } : {};
    const body = attack.method === 'PUT' ? { body: 'x' } : {};
    const response = await fetch(new URL(attack.path, judged.service.url()), {
      method: attack.method,
      headers,
      ...body,
    });
    return { text: await response.text(), isFile: true, status: response.status };
  }
  const answer = await judged.service.graphql(attack.viewer, attack.document, attack.variables);
  return { text: JSON.stringify(answer), isFile: false, status: 200 };
}

/** What an answer shows of the victim that its question did not name. */
function shown({ ids }: Victim, attack: Attack, { text, isFile, status }: Told): string[] {
  if (isFile) return status < 300 ? ['a file'] : [];
  const named = new Set(idsIn(JSON.stringify('document' in attack ? attack.variables : {})));
  const cursor = 'document' in attack ? (attack.variables as { after?: string }).after : undefined;
  // A cursor is sent back by a page that is empty as little as by a full one: it may not bring its own row.
  for (const id of idsIn(cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString())) named.delete(id);
  return idsIn(text).filter((id) => ids.has(id) && !named.has(id));
}

/** The same questions asked by the victim's own people: they must find something, or the search is blind. */
async function controlOf(victim: Victim, seed: number): Promise<number> {
  const { home } = victim.judged;
  let found = 0;
  for (let index = 0; index < 16; index += 1) {
    const attack = anAttack(victim, home.tenantId, seededRandom(seed * 7_919 + index));
    if ('document' in attack && ['reference', 'look-up', 'filter'].includes(attack.kind)) {
      const viewer = { ...attack.viewer, communityIds: 'all' as const };
      found += shown(victim, attack, await carryOut(victim, { ...attack, viewer })).length;
    }
  }
  return found;
}

export type TenancyRun = {
  count: number;
  seed: number;
  /** The first call; those before it were made by a run that was interrupted. */
  from?: number;
  /** The callers' company; one that has nothing unless given. */
  abroad?: string;
  /** Ends it after the calls under way; what they changed is looked for all the same. */
  signal?: AbortSignal;
  onCall?(done: number, failures: readonly string[]): void;
};

/** Calls `from` to `count` of a seed over all services, from a company that has nothing to the one that is judged. */
export async function proveTenancy(targets: readonly Target[], run: TenancyRun): Promise<TenancyResult> {
  const { count, seed, from = 0, abroad = newId() } = run;
  const result: TenancyResult = { calls: 0, until: from, kinds: {}, failures: [], internal: [], control: 0 };
  const victims = await Promise.all(targets.map(({ judged, sent }) => aVictim(judged, sent)));
  for (const victim of victims) result.control += await controlOf(victim, seed);
  const before = await Promise.all(victims.map(({ judged }) => stateOf(judged.service, judged.home.tenantId)));
  let next = from;
  const worker = async (): Promise<void> => {
    for (let index = next; index < count && run.signal?.aborted !== true; index = next) {
      next += 1;
      const random = seededRandom(Math.imul(seed, 1_000_003) + index);
      const victim = random.pick(victims);
      const attack = anAttack(victim, abroad, random);
      const told = await carryOut(victim, attack);
      result.calls += 1;
      result.kinds[attack.kind] = (result.kinds[attack.kind] ?? 0) + 1;
      const where = `${victim.judged.name} ${attack.kind} ${attack.what}`;
      const leaked = shown(victim, attack, told);
      if (leaked.length > 0) result.failures.push(`call ${index}: ${where} showed ${leaked.length} of another company`);
      if (told.text.includes('"INTERNAL"') && !result.internal.includes(where)) result.internal.push(where);
      run.onCall?.(index + 1, result.failures);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  result.until = Math.min(next, count);
  for (const [index, { judged }] of victims.entries()) {
    const changed = await changedTables(judged.service, judged.home.tenantId, before[index] ?? new Map());
    result.failures.push(...changed.map((table) => `${judged.name}: ${table} of another company has changed`));
  }
  return result;
}
