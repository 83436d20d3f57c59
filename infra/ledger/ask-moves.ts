import { setTimeout as pause } from 'node:timers/promises';

import type { MoneyMove, MoneyMoved } from './money-moves.ts';
import type { Answer, ServiceProcess } from './service-process.ts';

export type MoveInput = { communityId: string; idempotencyKey: string; move: MoneyMove };

/** What came of a move: what it moved, or why it was refused. */
export type Outcome = { moved: MoneyMoved | null; reason: string };

type Moved = { moved: MoneyMoved };

const patienceMilliseconds = 120_000;
const refusals = ['CONFLICT', 'BAD_USER_INPUT', 'NOT_FOUND', 'FORBIDDEN'];

/** One request with a field for each move: they are carried out one after another, each in a transaction of its own. */
function documentOf(count: number): string {
  const places = Array.from({ length: count }, (_, index) => index);
  const variables = places.map((place) => `$i${place}: MoveMoneyInput!`).join(', ');
  return `mutation (${variables}) { ${places.map((place) => `m${place}: moveMoney(input: $i${place}) { moved }`).join(' ')} }`;
}

function outcomeOf(answer: Answer<Record<string, Moved | null>> | null, field: string): Outcome | null {
  const moved = answer?.data?.[field]?.moved;
  if (moved !== undefined) return { moved, reason: '' };
  const { code = '', reason = '' } = answer?.errors?.find(({ path }) => path?.[0] === field)?.extensions ?? {};
  return refusals.includes(code) ? { moved: null, reason } : null;
}

/** Asks until each move has its answer, with the same keys: a service that died may have done some of them or not. */
export async function carryOutAll(service: ServiceProcess, inputs: readonly MoveInput[]): Promise<Outcome[]> {
  const end = Date.now() + patienceMilliseconds;
  const outcomes = new Map<MoveInput, Outcome>();
  for (let left = [...inputs]; left.length > 0; left = left.filter((input) => !outcomes.has(input))) {
    const variables = Object.fromEntries(left.map((input, place) => [`i${place}`, input]));
    const answer = await service
      .ask<Record<string, Moved | null>>(documentOf(left.length), variables)
      .catch(() => null);
    for (const [place, input] of left.entries()) {
      const outcome = outcomeOf(answer, `m${place}`);
      if (outcome !== null) outcomes.set(input, outcome);
    }
    if (Date.now() > end)
      throw new Error(`no answer within ${patienceMilliseconds} ms: ${answer?.errors?.[0]?.message}`);
    if (outcomes.size < inputs.length) await pause(20);
  }
  return inputs.map((input) => outcomes.get(input) as Outcome);
}

export const carryOut = async (service: ServiceProcess, input: MoveInput): Promise<Outcome> =>
  (await carryOutAll(service, [input]))[0] as Outcome;
