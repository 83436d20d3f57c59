import type { Prepared } from '../import-kind.ts';
import type { TextKey, TextParams } from '../texts.ts';
import { usTimeReader } from '../us-time.ts';
import type { Building } from './buildings.ts';
import { nyc311Community } from './community.ts';
import { problemOf } from './problems.ts';

/** Columns of the export that are used. */
export const requestColumns = [
  'Unique Key',
  'Created Date',
  'Closed Date',
  'Agency',
  'Complaint Type',
  'Descriptor',
  'Incident Zip',
  'Incident Address',
  'City',
  'Status',
  'Borough',
] as const;

/** The other columns of the export. */
export const unusedColumns = [
  'Agency Name',
  'Location Type',
  'Street Name',
  'Cross Street 1',
  'Cross Street 2',
  'Intersection Street 1',
  'Intersection Street 2',
  'Address Type',
  'Landmark',
  'Facility Type',
  'Due Date',
  'Resolution Description',
  'Resolution Action Updated Date',
  'Community Board',
  'BBL',
  'X Coordinate (State Plane)',
  'Y Coordinate (State Plane)',
  'Open Data Channel Type',
  'Park Facility Name',
  'Park Borough',
  'Vehicle Type',
  'Taxi Company Borough',
  'Taxi Pick Up Location',
  'Bridge Highway Name',
  'Bridge Highway Direction',
  'Road Ramp',
  'Bridge Highway Segment',
  'Latitude',
  'Longitude',
  'Location',
];

export type RequestValues = Record<(typeof requestColumns)[number], string>;

/** A request of the housing agency, ready to become a work order. */
export type RequestItem = {
  building: Building;
  row: {
    tradeCode: string;
    problemCode: string;
    description: string;
    source: { system: 'NYC311'; key: string; status: string; createdAt: string; closedAt: string | null };
  };
};

/** The agency whose requests are housing repairs. */
const repairAgency = 'HPD';
/** What that agency also takes and nobody repairs: wishes for leaflets. */
const notRepairs = ['HPD LITERATURE REQUEST'];

const readTime = usTimeReader(nyc311Community.timeZone);
const longestCode = 100;

const failed = (reason: TextKey, params: TextParams = {}): Prepared<never> => ({
  outcome: 'failed',
  reason,
  text: reason,
  params,
});

/** The building at an address, or null without one. Runs of spaces are the export's own; a code has no slash. */
function buildingOf(values: RequestValues): Building | null {
  const address = values['Incident Address'].replace(/\s+/g, ' ').replaceAll('/', '-').toUpperCase();
  if (address === '') return null;
  const borough = values.Borough.toUpperCase();
  const district = values['Incident Zip'] || borough;
  const city = values.City.toUpperCase() || borough;
  return { code: `${address} ${district}`.trim(), name: `${address}, ${city} ${values['Incident Zip']}`.trim() };
}

type Times = { createdAt: Date; closedAt: Date | null; warnings: string[] };

const unreadable = (column: 'Created Date' | 'Closed Date', values: RequestValues): { unreadable: TextParams } => ({
  unreadable: { column, value: values[column].slice(0, 40) },
});

function timesOf(values: RequestValues): Times | { unreadable: TextParams } {
  const created = readTime(values['Created Date']);
  if (created === null) return unreadable('Created Date', values);
  const closed = values['Closed Date'] === '' ? null : readTime(values['Closed Date']);
  if (closed === null && values['Closed Date'] !== '') return unreadable('Closed Date', values);
  const notes: (string | null)[] = [created.note, closed?.note ?? null];
  if (closed !== null && closed.at < created.at) notes.push('CLOSED_BEFORE_CREATED');
  const warnings = notes.filter((note) => note !== null);
  return { createdAt: created.at, closedAt: closed?.at ?? null, warnings };
}

/** What one record of the export becomes; times and status stay the source's, our own start with the import. */
export function prepareRequest(values: RequestValues): Prepared<RequestItem> {
  if (values.Agency !== repairAgency)
    return { outcome: 'skipped', reason: 'OTHER_AGENCY', group: values.Agency || '-' };
  const complaint = values['Complaint Type'];
  if (notRepairs.includes(complaint.toUpperCase())) {
    return { outcome: 'skipped', reason: 'NOT_A_REPAIR', group: complaint };
  }
  const building = buildingOf(values);
  if (building === null) return failed('ADDRESS_MISSING');
  if (building.code.length > longestCode) return failed('ADDRESS_TOO_LONG', { most: longestCode });
  if (complaint === '') return failed('COMPLAINT_TYPE_MISSING');
  const times = timesOf(values);
  if ('unreadable' in times) return failed('TIME_UNREADABLE', times.unreadable);
  const { tradeCode, problemCode, isKnown } = problemOf(complaint, values.Descriptor);
  return {
    send: {
      building,
      row: {
        tradeCode,
        problemCode,
        description: values.Descriptor === '' ? complaint : `${complaint}: ${values.Descriptor}`,
        source: {
          system: 'NYC311',
          key: values['Unique Key'],
          status: values.Status,
          createdAt: times.createdAt.toISOString(),
          closedAt: times.closedAt?.toISOString() ?? null,
        },
      },
    },
    warnings: isKnown ? times.warnings : [...times.warnings, 'CATEGORY_UNKNOWN'],
  };
}
