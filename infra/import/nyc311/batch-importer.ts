import { setTimeout as wait } from 'node:timers/promises';

import { derivedKey } from '../derived-key.ts';
import type { GatewayClient } from '../gateway-client.ts';
import { ImportError } from '../import-error.ts';
import { inTurn } from '../in-turn.ts';
import type { RequestItem } from './request-row.ts';

export type WorkOrderRow = RequestItem['row'] & { placeId: string };
export type WorkOrderAnswer = { isNew: boolean; refusal: { reason: string; message: string } | null };

const importWorkOrders = /* GraphQL */ `
  mutation ImportServiceRequests($input: ImportWorkOrdersInput!) {
    importWorkOrders(input: $input) {
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

/** Refusals that pass: the work orders have not heard of a new community or building yet. */
const notHeardYet = ['PLACE_UNKNOWN', 'COMMUNITY_UNKNOWN'];
/** For how long a row that was refused so is offered again, and how soon. */
const patienceMs = 120_000;
const pausesMs = [50, 100, 200, 400, 800];

const isNotHeardYet = ({ refusal }: WorkOrderAnswer): boolean => notHeardYet.includes(refusal?.reason ?? '');

/**
 * Offers rows until each is taken or refused for good, one batch after the other. `newest` is the row whose building was
 * entered last: facts arrive in their order, so that row alone is offered until its building is known to the work
 * orders, and the others need to be sent only once.
 */
export function workOrderImporter(
  client: GatewayClient,
  { communityId, runId }: { communityId: string; runId: string },
): (rows: readonly WorkOrderRow[], newest: number | null) => Promise<WorkOrderAnswer[]> {
  let calls = 0;
  const offer = async (rows: readonly WorkOrderRow[]): Promise<WorkOrderAnswer[]> => {
    calls += 1;
    const idempotencyKey = derivedKey(runId, 'importWorkOrders', calls);
    const input = { idempotencyKey, communityId, rows };
    type Answered = { importWorkOrders: { results: WorkOrderAnswer[] } };
    try {
      return (await client<Answered>(importWorkOrders, { input })).importWorkOrders.results;
    } catch (error) {
      const reason = error instanceof ImportError ? error.refusals.find((one) => notHeardYet.includes(one)) : undefined;
      if (reason === undefined) throw error;
      return rows.map(() => ({ isNew: false, refusal: { reason, message: (error as ImportError).message } }));
    }
  };

  const offerAll = async (rows: readonly WorkOrderRow[], newest: number | null): Promise<WorkOrderAnswer[]> => {
    const giveUpAt = performance.now() + patienceMs;
    const answers: WorkOrderAnswer[] = [];
    const settle = async (open: readonly number[]): Promise<void> => {
      for (let attempt = 0, waiting = open; waiting.length > 0; attempt += 1) {
        if (attempt > 0) await wait(pausesMs[Math.min(attempt, pausesMs.length) - 1]);
        const found = await offer(waiting.map((index) => rows[index] as WorkOrderRow));
        waiting.forEach((index, position) => (answers[index] = found[position] as WorkOrderAnswer));
        if (performance.now() > giveUpAt) return;
        waiting = waiting.filter((index) => isNotHeardYet(answers[index] as WorkOrderAnswer));
      }
    };
    if (newest !== null) await settle([newest]);
    await settle(rows.flatMap((_, index) => (index === newest ? [] : [index])));
    return answers;
  };

  const turn = inTurn();
  return (rows, newest) => turn(() => offerAll(rows, newest));
}
