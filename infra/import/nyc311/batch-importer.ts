import { setTimeout as wait } from 'node:timers/promises';

import { derivedKey } from '../derived-key.ts';
import type { GatewayClient } from '../gateway-client.ts';
import { ImportError } from '../import-error.ts';
import { inTurn } from '../in-turn.ts';
import type { Outcome } from '../import-kind.ts';

type RowAnswer = { isNew: boolean; refusal: { reason: string; message: string } | null };

/** The mutation that takes rows of one kind, and what a row becomes by it. */
export type RowMutation = { name: 'importWorkOrders' | 'importComplaints'; input: string; becomes: string };

/** Rows to be taken, and the one among them whose building was entered last (null: all buildings are old). */
export type RowBatch<R> = { rows: readonly R[]; newest: number | null };

/** Refusals that pass: the service has not heard of a new community or building yet. */
const notHeardYet = ['PLACE_UNKNOWN', 'COMMUNITY_UNKNOWN'];
/** For how long a row that was refused so is offered again, and how soon. */
const patienceMs = 120_000;
const pausesMs = [50, 100, 200, 400, 800];

const isNotHeardYet = ({ refusal }: RowAnswer): boolean => notHeardYet.includes(refusal?.reason ?? '');

const documentOf = ({ name, input }: RowMutation): string => /* GraphQL */ `
  mutation ImportServiceRequests($input: ${input}!) {
    ${name}(input: $input) {
      results {
        isNew
        refusal {
          reason
          message
        }
      }
    }
  }
`;

const outcomeOf = ({ isNew, refusal }: RowAnswer, { becomes }: RowMutation): Outcome => {
  if (refusal !== null) return { outcome: 'failed', ...refusal };
  return isNew ? { outcome: 'added', as: becomes } : { outcome: 'known' };
};

/**
 * Offers rows until each is taken or refused for good, one batch after the other. Facts arrive in their order, so the
 * row of the newest building alone is offered until the service has heard of it, and the others need to be sent once.
 */
export function batchImporter<R>(
  client: GatewayClient,
  mutation: RowMutation,
  { communityId, runId }: { communityId: string; runId: string },
): (batch: RowBatch<R>) => Promise<Outcome[]> {
  const { name } = mutation;
  const document = documentOf(mutation);
  let calls = 0;
  const offer = async (rows: readonly R[]): Promise<RowAnswer[]> => {
    calls += 1;
    const input = { idempotencyKey: derivedKey(runId, name, calls), communityId, rows };
    try {
      const answer = await client<Record<string, { results: RowAnswer[] }>>(document, { input });
      return answer[name]?.results ?? [];
    } catch (error) {
      const reason = error instanceof ImportError ? error.refusals.find((one) => notHeardYet.includes(one)) : undefined;
      if (reason === undefined) throw error;
      return rows.map(() => ({ isNew: false, refusal: { reason, message: (error as ImportError).message } }));
    }
  };

  const offerAll = async ({ rows, newest }: RowBatch<R>): Promise<Outcome[]> => {
    const giveUpAt = performance.now() + patienceMs;
    const answers: RowAnswer[] = [];
    const settle = async (open: readonly number[]): Promise<void> => {
      for (let attempt = 0, waiting = open; waiting.length > 0; attempt += 1) {
        if (attempt > 0) await wait(pausesMs[Math.min(attempt, pausesMs.length) - 1]);
        const found = await offer(waiting.map((index) => rows[index] as R));
        waiting.forEach((index, position) => (answers[index] = found[position] as RowAnswer));
        if (performance.now() > giveUpAt) return;
        waiting = waiting.filter((index) => isNotHeardYet(answers[index] as RowAnswer));
      }
    };
    if (newest !== null) await settle([newest]);
    await settle(rows.flatMap((_, index) => (index === newest ? [] : [index])));
    return answers.map((answer) => outcomeOf(answer, mutation));
  };

  const turn = inTurn();
  return (batch) => turn(() => offerAll(batch));
}
