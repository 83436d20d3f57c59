import { ImportError } from '../import-error.ts';
import type { Text, TextKey } from '../texts.ts';
import { codeOf, columnNames, columnOf, columns, type CodedColumn, type ColumnName } from './columns.ts';
import type { Table, TableRow } from './read-table.ts';

type Cells = Record<ColumnName, string>;

export type PlaceRow = {
  parentPath: string | null;
  code: string;
  kind: 'BUILDING' | 'SECTION' | 'UNIT';
  usage?: string;
  areaM2?: string;
  floor?: number;
  deliveredOn?: string;
};

export type Range = { validFrom: string; validTo: string | null };
export type Member = Range & {
  person: { name: string; phone: string | null; identityNumber: string | null };
  role: string;
};
export type Holder = {
  number: string;
  segment: string;
  isKeyAccount: boolean;
  holding: Range & { unitPath: string; tenure: string };
  member: Member | null;
};

/** A row made ready: its place with all above it, and who holds it. */
export type RegisterRow = { row: number; line: number; path: string; places: PlaceRow[]; holder: Holder | null };

/** A row that cannot be sent, with everything that is wrong with it. */
export type RefusedRow = { row: number; line: number; path: string; reason: TextKey; problems: Text[] };

/** `2026-3-1`, `2026/03/01`, `2026.3.1`, `2026年3月1日` and a sheet's date cell; null if it is no day. */
export function dayOf(text: string): string | null {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC')) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return new Date(`${iso}T00:00:00Z`).toJSON()?.slice(0, 10) === iso ? iso : null;
}

/** Reads cells of one row and remembers what is wrong with them. */
class RowReader {
  readonly problems: Text[] = [];
  readonly #cells: Cells;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  text(column: ColumnName): string {
    return this.#cells[column];
  }

  required(column: ColumnName): string {
    const text = this.text(column);
    if (text === '') this.#refuse('CELL_EMPTY', column);
    return text;
  }

  code(column: CodedColumn, otherwise: string): string {
    const text = this.text(column);
    if (text === '') return otherwise;
    const code = codeOf(column, text);
    if (code === null) this.#refuse('CELL_UNKNOWN', column);
    return code ?? otherwise;
  }

  day(column: ColumnName): string | null {
    const text = this.text(column);
    const day = text === '' ? null : dayOf(text);
    if (text !== '' && day === null) this.#refuse('CELL_NO_DAY', column);
    return day;
  }

  number(column: ColumnName, pattern: RegExp): string | null {
    const text = this.text(column).normalize('NFKC');
    if (text === '') return null;
    if (!pattern.test(text)) this.#refuse('CELL_NO_NUMBER', column);
    return text;
  }

  missing(column: ColumnName): void {
    this.#refuse('CELL_EMPTY', column);
  }

  /** The value is not told: it may be a name or a number of a person. */
  #refuse(key: TextKey, column: ColumnName): void {
    const { 'zh-CN': zh, en } = columns[column].header;
    this.problems.push({ key, params: { column: `${zh} / ${en}` } });
  }
}

function placesOf(reader: RowReader): { path: string; places: PlaceRow[]; deliveredOn: string | null } {
  const [building, section, unit] = [reader.required('building'), reader.text('section'), reader.required('unit')];
  const places: PlaceRow[] = [{ parentPath: null, code: building, kind: 'BUILDING' }];
  const above = section === '' ? building : `${building}/${section}`;
  if (section !== '') places.push({ parentPath: building, code: section, kind: 'SECTION' });
  const areaM2 = reader.number('areaM2', /^\d+(\.\d+)?$/);
  const floor = reader.number('floor', /^-?\d+$/);
  const deliveredOn = reader.day('deliveredOn');
  places.push({
    parentPath: above,
    code: unit,
    kind: 'UNIT',
    usage: reader.code('usage', 'RESIDENTIAL'),
    ...(areaM2 === null ? {} : { areaM2 }),
    ...(floor === null ? {} : { floor: Number(floor) }),
    ...(deliveredOn === null ? {} : { deliveredOn }),
  });
  return { path: `${above}/${unit}`, places, deliveredOn };
}

function memberOf(reader: RowReader, tenure: string, heldFrom: string): Member | null {
  const [name, phone, identity] = [
    reader.text('memberName'),
    reader.text('memberPhone'),
    reader.text('memberIdentity'),
  ];
  if (name === '' && phone === '' && identity === '') return null;
  if (name === '') reader.missing('memberName');
  return {
    person: { name, phone: phone || null, identityNumber: identity || null },
    role: reader.code('memberRole', tenure === 'RENTED' ? 'RENTER' : 'OWNER'),
    validFrom: reader.day('memberFrom') ?? heldFrom,
    validTo: reader.day('memberTo'),
  };
}

function holderOf(reader: RowReader, unitPath: string, deliveredOn: string | null): Holder | null {
  const number = reader.text('household');
  if (number === '') {
    if (reader.text('memberName') !== '') reader.missing('household');
    return null;
  }
  const tenure = reader.code('tenure', 'OWNED');
  const heldFrom = reader.day('heldFrom') ?? deliveredOn;
  if (heldFrom === null && reader.text('heldFrom') === '') reader.missing('heldFrom');
  const validFrom = heldFrom ?? '';
  return {
    number,
    segment: reader.code('segment', 'RESIDENT'),
    isKeyAccount: reader.code('isKeyAccount', 'false') === 'true',
    holding: { unitPath, tenure, validFrom, validTo: reader.day('heldTo') },
    member: memberOf(reader, tenure, validFrom),
  };
}

/** Which columns of a table are known, and how a row is read by them. */
export function registerReader({ header }: Pick<Table, 'header'>): {
  ignoredColumns: string[];
  read(row: TableRow): RegisterRow | RefusedRow;
} {
  const named = header.map(columnOf);
  const required = columnNames.filter((name) => 'isRequired' in columns[name] && !named.includes(name));
  const titles = (names: readonly ColumnName[]): string =>
    names.map((name) => `${columns[name].header['zh-CN']} / ${columns[name].header.en}`).join(', ');
  if (required.length > 0) throw new ImportError('HEADER_COLUMNS_MISSING', { params: { columns: titles(required) } });
  const repeated = columnNames.filter((name) => named.filter((one) => one === name).length > 1);
  if (repeated.length > 0) throw new ImportError('HEADER_COLUMNS_REPEATED', { params: { columns: titles(repeated) } });
  return {
    ignoredColumns: header.filter((text, at) => text !== '' && named[at] === undefined),
    read: ({ row, line, fields }) => {
      const cells = Object.fromEntries(
        columnNames.map((name) => [name, named.includes(name) ? (fields[named.indexOf(name)] ?? '') : '']),
      ) as Cells;
      const reader = new RowReader(cells);
      const { path, places, deliveredOn } = placesOf(reader);
      const holder = holderOf(reader, path, deliveredOn);
      const [first] = reader.problems;
      if (first !== undefined) return { row, line, path, reason: first.key, problems: reader.problems };
      return { row, line, path, places, holder };
    },
  };
}
