import type { GatewayClient } from '../gateway-client.ts';
import type { ImportKind, Outcome, Sender } from '../import-kind.ts';
import { batchImporter, type RowBatch } from '../nyc311/batch-importer.ts';
import { buildingRegister, type EnteredBuildings } from '../nyc311/buildings.ts';
import { nyc311CommunityId } from '../nyc311/community.ts';
import { prepareRequest, requestColumns, unusedColumns, type RequestItem } from '../nyc311/request-row.ts';

type PlacedRow = { row: object; position: number; building: string | null };

/** The rows of one kind with their places; what has none is an outcome already. */
function placed(
  items: readonly RequestItem[],
  kind: RequestItem['kind'],
  { placeOf }: EnteredBuildings,
  outcomes: Outcome[],
): PlacedRow[] {
  return items.flatMap(({ building, row, kind: own }, position): PlacedRow[] => {
    if (own !== kind) return [];
    if (building === null) return [{ row, position, building: null }];
    const place = placeOf(building);
    if (typeof place === 'string') return [{ row: { ...row, placeId: place }, position, building: building.code }];
    outcomes[position] = { outcome: 'failed', ...place };
    return [];
  });
}

/** Each service hears of buildings by itself, so each is first offered the row of the newest among its own. */
function batchOf(rows: readonly PlacedRow[], entered: readonly string[]): RowBatch<object> {
  const newest = entered.findLast((code) => rows.some(({ building }) => building === code));
  const index = newest === undefined ? -1 : rows.findIndex(({ building }) => building === newest);
  return { rows: rows.map(({ row }) => row), newest: index === -1 ? null : index };
}

async function openSender(client: GatewayClient, runId: string): Promise<Sender<RequestItem>> {
  const communityId = await nyc311CommunityId(client, runId);
  const run = { communityId, runId };
  const enterBuildings = buildingRegister(client, run);
  const takers = {
    repair: batchImporter(
      client,
      { name: 'importWorkOrders', input: 'ImportWorkOrdersInput', becomes: 'WorkOrder' },
      run,
    ),
    complaint: batchImporter(
      client,
      { name: 'importComplaints', input: 'ImportComplaintsInput', becomes: 'Complaint' },
      run,
    ),
  };
  return {
    send: async (items) => {
      const buildings = await enterBuildings(items.flatMap(({ building }) => (building === null ? [] : [building])));
      const outcomes: Outcome[] = [];
      const take = async (kind: RequestItem['kind']): Promise<void> => {
        const rows = placed(items, kind, buildings, outcomes);
        const answers = rows.length === 0 ? [] : await takers[kind](batchOf(rows, buildings.entered));
        answers.forEach((answer, index) => (outcomes[rows[index]?.position ?? -1] = answer));
      };
      await Promise.all([take('repair'), take('complaint')]);
      return outcomes;
    },
  };
}

/**
 * The open-data export of New York City's 311 line, entered in a community with a building for each address: requests
 * of the housing agency become work orders, those of the others complaints.
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
