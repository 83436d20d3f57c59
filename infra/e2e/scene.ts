import { newId } from '@steward/core';

import { demoAccounts, type DemoAccount, type DemoTenant } from '../demo/accounts.ts';
import { openCsv, unknownColumns, type CsvFile, type CsvRow } from '../import/csv-rows.ts';
import { createGatewayClient } from '../import/gateway-client.ts';
import { ImportReport, type ImportSummary } from '../import/import-report.ts';
import { loadKind } from '../import/kinds.ts';
import { runImport } from '../import/run-import.ts';
import type { GraphClient } from './graph-client.ts';
import type { Platform } from './platform.ts';

/** So that most repairs inside of homes are still under warranty. */
const deliveredOn = '2025-06-01';

const requestsFile = new URL('../demo/data/nyc311-service-requests.csv', import.meta.url).pathname;

/** Who may enter everything of a company. */
export function directorOf(tenant: DemoTenant): DemoAccount {
  const director = demoAccounts.find((account) => account.role === 'director' && account.tenant === tenant);
  if (director === undefined) throw new Error(`company ${tenant} has no director`);
  return director;
}

/** Waits until every service has heard what the others were told. */
export const settle = async (platform: Platform): Promise<void> => void (await platform.moveClock({ advance: 'PT0S' }));

export async function enterCompany(graph: GraphClient, director: DemoAccount): Promise<void> {
  await graph.mutate(director, 'registerCompany', { name: `Company ${director.tenant}` }, 'company { id }');
  for (const code of ['CUSTOMER_SERVICE', 'MAINTENANCE', 'ENVIRONMENT']) {
    await graph.mutate(director, 'registerDepartment', { code, name: code }, 'department { id }');
  }
}

/** A community with one building, handed over last summer. */
export async function enterCommunity(
  graph: GraphClient,
  director: DemoAccount,
  code: string,
): Promise<{ communityId: string; building: string }> {
  const input = { code, name: `Community ${code}` };
  type Entered = { community: { id: string } };
  const { community } = await graph.mutate<Entered>(director, 'registerCommunity', input, 'community { id }');
  const rows = [{ code: '1', kind: 'BUILDING', deliveredOn }];
  await graph.mutate(director, 'registerPlaces', { communityId: community.id, rows }, 'results { isNew }');
  return { communityId: community.id, building: '1' };
}

/** The records of a file that have a value in a column. */
async function* withValue({ header, rows }: CsvFile, column: string, value: string): AsyncGenerator<CsvRow> {
  const at = header.indexOf(column);
  for await (const row of rows) if (row.fields[at] === value) yield row;
}

/** The import of the real file, or of one agency's requests in it, as `npm run import -- service-requests` does it. */
export async function importRequests(
  platform: Platform,
  director: DemoAccount,
  agency?: string,
): Promise<ImportSummary> {
  const kind = await loadKind('service-requests');
  if (!('columns' in kind)) throw new Error('requests come as CSV');
  const file = await openCsv(requestsFile);
  const ignoredColumns = unknownColumns(file.header, [...kind.columns, ...kind.unusedColumns]);
  const report = new ImportReport({ kind: 'service-requests', file: 'requests', isDryRun: false, ignoredColumns });
  const token = await platform.token(director);
  const client = createGatewayClient({ url: `${platform.gatewayUrl}/graphql`, token: () => Promise.resolve(token) });
  const rows = agency === undefined ? file.rows : withValue(file, 'Agency', agency);
  await runImport(kind, { header: file.header, rows }, report, client);
  return report.summary();
}

/** What somebody says on the telephone about a door in a home. */
export const brokenDoor = (communityId: string, home: { unitId: string; householdId: string }) => ({
  communityId,
  channelCode: 'PHONE',
  placeId: home.unitId,
  householdId: home.householdId,
  tradeCode: 'CARPENTRY',
  problemCode: 'DOOR',
  description: 'the door does not close',
  contactName: 'Zhang Wei',
  contactPhone: '14200000000',
  convenientFrom: '2026-03-06T15:00:00Z',
  convenientTo: '2026-03-07T15:00:00Z',
});

/** A flat with the household that owns it. */
export type Home = { unitPath: string; unitId: string; householdId: string; personId: string };

type PlaceAnswer = { results: { place: { id: string } | null; refusal: { reason: string } | null }[] };

/** Gives each building one flat more, with an owner of its own. */
export async function giveHomes(
  graph: GraphClient,
  director: DemoAccount,
  { communityId, buildings }: { communityId: string; buildings: readonly string[] },
): Promise<Home[]> {
  const homes = buildings.map((parentPath, index) => ({
    parentPath,
    code: `APT ${index + 1}`,
    householdId: newId(),
    personId: newId(),
  }));
  const places = homes.map(({ parentPath, code }) => ({
    parentPath,
    code,
    kind: 'UNIT',
    usage: 'RESIDENTIAL',
    deliveredOn: '2025-06-01',
  }));
  const registered = await graph.mutate<PlaceAnswer>(
    director,
    'registerPlaces',
    { communityId, rows: places },
    'results { place { id } refusal { reason } }',
  );
  const households = homes.map(({ parentPath, code, householdId, personId }, index) => ({
    id: householdId,
    number: `H-${index + 1}`,
    holdings: [{ unitPath: `${parentPath}/${code}`, tenure: 'OWNED', validFrom: '2025-01-01' }],
    members: [{ person: { id: personId, name: `Owner ${index + 1}` }, role: 'OWNER', validFrom: '2025-01-01' }],
  }));
  await graph.mutate(
    director,
    'registerHouseholds',
    { communityId, rows: households },
    'results { household { id } refusal { reason } }',
  );
  return homes.map(({ parentPath, code, ...home }, index) => ({
    ...home,
    unitPath: `${parentPath}/${code}`,
    unitId: registered.results[index]?.place?.id ?? '',
  }));
}

const maintenanceTrades = [
  'PLUMBING',
  'ELECTRICAL',
  'HEATING',
  'CARPENTRY',
  'MASONRY',
  'WATERPROOFING',
  'PAINTING',
  'LOCKS',
  'APPLIANCES',
  'LIFTS',
  'FIRE_SAFETY',
  'LOW_VOLTAGE',
  'GENERAL',
];

const jobs = [
  { number: 'W-1', name: 'Ann Fitter', departmentCode: 'MAINTENANCE', role: 'MAINTENANCE', trades: maintenanceTrades },
  { number: 'W-2', name: 'Bob Mender', departmentCode: 'MAINTENANCE', role: 'MAINTENANCE', trades: maintenanceTrades },
  {
    number: 'W-3',
    name: 'Cid Sweeper',
    departmentCode: 'ENVIRONMENT',
    role: 'ENVIRONMENT',
    trades: ['CLEANING', 'GREENING', 'PEST_CONTROL'],
  },
];

/** Hires workers of all trades for a community and puts them on duty; answers their ids. */
export async function hireWorkers(graph: GraphClient, director: DemoAccount, communityId: string): Promise<string[]> {
  const rows = jobs.map(({ number, name, departmentCode, role, trades }) => ({
    id: newId(),
    number,
    name,
    communityId,
    employedOn: '2025-01-01',
    tradeCodes: trades,
    posts: [
      {
        communityId,
        departmentCode,
        positionCode: role === 'ENVIRONMENT' ? 'CLEANER' : 'REPAIR_WORKER',
        role,
      },
    ],
  }));
  type Hired = { results: { refusal: { reason: string } | null }[] };
  const hired = await graph.mutate<Hired>(director, 'registerStaff', { rows }, 'results { refusal { reason } }');
  const refused = hired.results.find(({ refusal }) => refusal !== null);
  if (refused !== undefined) throw new Error(`a worker was refused: ${refused.refusal?.reason}`);
  for (const { id } of rows) await graph.mutate(director, 'startStaffDuty', { id }, 'staffMember { isOnDuty }');
  return rows.map(({ id }) => id);
}
