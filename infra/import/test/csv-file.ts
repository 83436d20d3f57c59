import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The real export: 1,000 requests of 2014-2019, NYC Open Data. */
export const realFile = fileURLToPath(new URL('../../demo/data/nyc311-service-requests.csv', import.meta.url));

/** A directory for files of one test file; remove it when done. */
export type Scratch = { write(content: string | Buffer): Promise<string>; remove(): Promise<void> };

export async function scratchDirectory(): Promise<Scratch> {
  const directory = await mkdtemp(join(tmpdir(), 'steward-import-'));
  let files = 0;
  return {
    write: async (content) => {
      files += 1;
      const path = join(directory, `${files}.csv`);
      await writeFile(path, content);
      return path;
    },
    remove: () => rm(directory, { recursive: true }),
  };
}

const columns = [
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

export type RequestRow = Partial<Record<(typeof columns)[number], string>>;

let lastKey = 50_000_000;

/** The fields of one request as the export has them; a key of its own unless one is given. */
export const aRequest = (changed: RequestRow = {}): Record<(typeof columns)[number], string> => {
  lastKey += 1;
  return {
    'Unique Key': String(lastKey),
    'Created Date': '06/26/2018 12:50:01 PM',
    'Closed Date': '',
    Agency: 'HPD',
    'Complaint Type': 'PLUMBING',
    Descriptor: 'TOILET',
    'Incident Zip': '11217',
    'Incident Address': '54 4 AVENUE',
    City: 'BROOKLYN',
    Status: 'Open',
    Borough: 'BROOKLYN',
    'Street Name': '',
    'Cross Street 1': '',
    'Cross Street 2': '',
    'Intersection Street 1': '',
    'Intersection Street 2': '',
    Latitude: '',
    Longitude: '',
    ...changed,
  };
};

export const headerLine = columns.join(',');

export const csvLine = (row: RequestRow): string =>
  columns
    .map((column) => row[column] ?? '')
    .map((field) => (/[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');

/** A whole file of requests. */
export const csvOf = (...rows: RequestRow[]): string => [headerLine, ...rows.map(csvLine), ''].join('\n');
