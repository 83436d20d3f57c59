import { complaintOfRequest, locationOfRequest } from '@steward/complaints/nyc311';

import type { Outcome, Prepared } from '../import-kind.ts';
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
  'Street Name',
  'Cross Street 1',
  'Cross Street 2',
  'Intersection Street 1',
  'Intersection Street 2',
  'Latitude',
  'Longitude',
] as const;

/** The other columns of the export. */
export const unusedColumns = [
  'Agency Name',
  'Location Type',
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
  'Location',
];

export type RequestValues = Record<(typeof requestColumns)[number], string>;

type RequestSource = { system: 'NYC311'; key: string; status: string; createdAt: string; closedAt: string | null };

type RepairRow = { tradeCode: string; problemCode: string; description: string; source: RequestSource };

type ComplaintRow = {
  categoryCode: string;
  nature: string;
  grade?: string;
  summary: string;
  locationText?: string | null;
  source: RequestSource;
};

/** A request made ready to become a work order or a complaint; one without a building says in words where it is. */
export type RequestItem =
  | { kind: 'repair'; building: Building; row: RepairRow }
  | { kind: 'complaint'; building: Building | null; row: ComplaintRow };

/** The agency whose requests are housing repairs. */
const repairAgency = 'HPD';
/** What that agency also takes, and what is neither a repair nor a complaint: wishes for leaflets. */
const notRepairs = ['HPD LITERATURE REQUEST'];

const readTime = usTimeReader(nyc311Community.timeZone);
const longestCode = 100;

type Failed = Extract<Outcome, { outcome: 'failed' }>;

const failed = (reason: TextKey, params: TextParams = {}): Failed => ({
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

type Base = { source: RequestSource; warnings: string[]; text: string };

/** Either what the request needs whatever it becomes, or why it cannot be taken. */
function baseOf(values: RequestValues): Base | Failed {
  const [type, descriptor] = [values['Complaint Type'], values.Descriptor];
  if (type === '') return failed('COMPLAINT_TYPE_MISSING');
  const times = timesOf(values);
  if ('unreadable' in times) return failed('TIME_UNREADABLE', times.unreadable);
  const source: RequestSource = {
    system: 'NYC311',
    key: values['Unique Key'],
    status: values.Status,
    createdAt: times.createdAt.toISOString(),
    closedAt: times.closedAt?.toISOString() ?? null,
  };
  return { source, warnings: times.warnings, text: descriptor === '' ? type : `${type}: ${descriptor}` };
}

function prepareRepair(values: RequestValues, building: Building | null): Prepared<RequestItem> {
  if (building === null) return failed('ADDRESS_MISSING');
  const base = baseOf(values);
  if ('outcome' in base) return base;
  const { source, warnings, text } = base;
  const { tradeCode, problemCode, isKnown } = problemOf(values['Complaint Type'], values.Descriptor);
  return {
    send: { kind: 'repair', building, row: { tradeCode, problemCode, description: text, source } },
    warnings: isKnown ? warnings : [...warnings, 'CATEGORY_UNKNOWN'],
  };
}

function prepareComplaint(values: RequestValues, building: Building | null): Prepared<RequestItem> {
  const locationText = building === null ? wordsForPlace(values) : undefined;
  if (locationText === null) return failed('LOCATION_MISSING');
  const base = baseOf(values);
  if ('outcome' in base) return base;
  const { source, warnings, text } = base;
  const { isKnown, ...terms } = complaintOfRequest(values.Agency, values['Complaint Type']);
  return {
    send: {
      kind: 'complaint',
      building,
      row: { ...terms, summary: text, source, ...(locationText === undefined ? {} : { locationText }) },
    },
    warnings: isKnown ? warnings : [...warnings, 'CATEGORY_UNKNOWN'],
  };
}

const wordsForPlace = (values: RequestValues): string | null =>
  locationOfRequest({
    intersection1: values['Intersection Street 1'],
    intersection2: values['Intersection Street 2'],
    crossStreet1: values['Cross Street 1'],
    crossStreet2: values['Cross Street 2'],
    street: values['Street Name'],
    latitude: values.Latitude,
    longitude: values.Longitude,
    city: values.City,
    borough: values.Borough,
    zip: values['Incident Zip'],
  });

/** What one record of the export becomes; times and status stay the source's, our own start with the import. */
export function prepareRequest(values: RequestValues): Prepared<RequestItem> {
  const type = values['Complaint Type'];
  const isRepair = values.Agency === repairAgency;
  if (isRepair && notRepairs.includes(type.toUpperCase())) {
    return { outcome: 'skipped', reason: 'NOT_A_REPAIR', group: type };
  }
  const building = buildingOf(values);
  if (building !== null && building.code.length > longestCode) return failed('ADDRESS_TOO_LONG', { most: longestCode });
  return isRepair ? prepareRepair(values, building) : prepareComplaint(values, building);
}
