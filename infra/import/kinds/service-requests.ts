import type { GatewayClient } from '../gateway-client.ts';
import type { ImportKind, Outcome, Sender } from '../import-kind.ts';
import { buildingRegister } from '../nyc311/buildings.ts';
import { nyc311CommunityId } from '../nyc311/community.ts';
import { prepareRequest, requestColumns, unusedColumns, type RequestItem } from '../nyc311/request-row.ts';
import { workOrderImporter, type WorkOrderAnswer, type WorkOrderRow } from '../nyc311/work-orders.ts';

const outcomeOf = ({ isNew, refusal }: WorkOrderAnswer): Outcome =>
  refusal === null ? { outcome: isNew ? 'added' : 'known' } : { outcome: 'failed', ...refusal };

async function openSender(client: GatewayClient, runId: string): Promise<Sender<RequestItem>> {
  const communityId = await nyc311CommunityId(client, runId);
  const enterBuildings = buildingRegister(client, { communityId, runId });
  const importRows = workOrderImporter(client, { communityId, runId });
  return {
    send: async (items) => {
      const { placeOf, newest } = await enterBuildings(items.map(({ building }) => building));
      const outcomes: Outcome[] = [];
      const rows: WorkOrderRow[] = [];
      const positions: number[] = [];
      let newestRow: number | null = null;
      items.forEach(({ building, row }, position) => {
        const place = placeOf(building);
        if (typeof place !== 'string') {
          outcomes[position] = { outcome: 'failed', ...place };
          return;
        }
        if (building.code === newest) newestRow = rows.length;
        rows.push({ ...row, placeId: place });
        positions.push(position);
      });
      const answers = await importRows(rows, newestRow);
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
