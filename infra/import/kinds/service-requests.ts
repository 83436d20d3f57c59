import { setTimeout as wait } from 'node:timers/promises';

import { derivedKey } from '../derived-key.ts';
import type { GatewayClient } from '../gateway-client.ts';
import { ImportError } from '../import-error.ts';
import type { ImportKind, Outcome, Sender } from '../import-kind.ts';
import { buildingRegister } from '../nyc311/buildings.ts';
import { nyc311CommunityId } from '../nyc311/community.ts';
import { prepareRequest, requestColumns, unusedColumns, type RequestItem } from '../nyc311/request-row.ts';

type Row = RequestItem['row'] & { placeId: string };
type Answer = { isNew: boolean; refusal: { reason: string; message: string } | null };

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
const patienceMs = 60_000;
const pausesMs = [50, 100, 200, 400, 800, 1_600];

/** Offers rows until each is taken or refused for good. */
function workOrderImporter(
  client: GatewayClient,
  { communityId, runId }: { communityId: string; runId: string },
): (rows: readonly Row[]) => Promise<Answer[]> {
  let calls = 0;
  const offer = async (rows: readonly Row[]): Promise<Answer[]> => {
    calls += 1;
    const idempotencyKey = derivedKey(runId, 'importWorkOrders', calls);
    const input = { idempotencyKey, communityId, rows };
    type Answered = { importWorkOrders: { results: Answer[] } };
    try {
      return (await client<Answered>(importWorkOrders, { input })).importWorkOrders.results;
    } catch (error) {
      const reason = error instanceof ImportError ? error.refusals.find((one) => notHeardYet.includes(one)) : undefined;
      if (reason === undefined) throw error;
      return rows.map(() => ({ isNew: false, refusal: { reason, message: (error as ImportError).message } }));
    }
  };
  return async (rows) => {
    const giveUpAt = performance.now() + patienceMs;
    const answers = await offer(rows);
    for (let attempt = 0; ; attempt += 1) {
      const waiting = answers.flatMap(({ refusal }, index) =>
        notHeardYet.includes(refusal?.reason ?? '') ? [index] : [],
      );
      if (waiting.length === 0 || performance.now() > giveUpAt) return answers;
      await wait(pausesMs[Math.min(attempt, pausesMs.length - 1)]);
      const again = await offer(waiting.map((index) => rows[index] as Row));
      waiting.forEach((index, position) => (answers[index] = again[position] as Answer));
    }
  };
}

const outcomeOf = ({ isNew, refusal }: Answer): Outcome =>
  refusal === null ? { outcome: isNew ? 'added' : 'known' } : { outcome: 'failed', ...refusal };

async function openSender(client: GatewayClient, runId: string): Promise<Sender<RequestItem>> {
  const communityId = await nyc311CommunityId(client, runId);
  const placesOf = buildingRegister(client, { communityId, runId });
  const importRows = workOrderImporter(client, { communityId, runId });
  return {
    send: async (items) => {
      const placeOf = await placesOf(items.map(({ building }) => building));
      const outcomes: Outcome[] = [];
      const rows: Row[] = [];
      const positions: number[] = [];
      items.forEach(({ building, row }, position) => {
        const place = placeOf(building);
        if (typeof place !== 'string') {
          outcomes[position] = { outcome: 'failed', reason: place.reason, message: place.message };
          return;
        }
        rows.push({ ...row, placeId: place });
        positions.push(position);
      });
      const answers = rows.length === 0 ? [] : await importRows(rows);
      answers.forEach((answer, index) => (outcomes[positions[index] as number] = outcomeOf(answer)));
      return outcomes;
    },
  };
}

/**
 * The open-data export of New York City's 311 line. Requests of the housing agency become work orders of a community
 * with a building for each address; what other agencies have to do is skipped and counted.
 */
export const kind: ImportKind<RequestItem, (typeof requestColumns)[number]> = {
  description: 'service requests of the NYC 311 open-data export (CSV)',
  columns: requestColumns,
  unusedColumns,
  keyColumn: 'Unique Key',
  batchSize: 500,
  prepare: prepareRequest,
  open: openSender,
};
