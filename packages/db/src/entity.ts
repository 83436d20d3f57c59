import { DefaultNamingStrategy, EntitySchema, type EntitySchemaColumnOptions, type ObjectLiteral } from 'typeorm';

/** camelCase in code, snake_case in the database. */
export class SnakeNaming extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string): string {
    return customName || snakeCase(propertyName);
  }
}

export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What a statement selects to answer rows as the code names them: `id paidAt` becomes `id as "id", paid_at as "paidAt"`. */
export const columnsAs = (names: string): string =>
  names
    .split(' ')
    .map((name) => `${snakeCase(name)} as "${name}"`)
    .join(', ');

/** An entity of whatever row; TypeORM's own type is invariant in it. */
export type AnyEntity = Pick<EntitySchema, '@instanceof'>;

type Options = { primary?: boolean; nullable?: boolean };
type Column = EntitySchemaColumnOptions;

const number = {
  to: (value: number | null) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** The column kinds of the platform; `bigint` is for minor units and fits 2^53, `decimal` stays a string. */
export const column = {
  id: (): Column => ({ type: 'uuid', primary: true }),
  uuid: (options: Options = {}): Column => ({ type: 'uuid', ...options }),
  text: (options: Options = {}): Column => ({ type: 'text', ...options }),
  int: (options: Options = {}): Column => ({ type: 'int', ...options }),
  bigint: (options: Options = {}): Column => ({ type: 'bigint', transformer: number, ...options }),
  decimal: (options: Options = {}): Column => ({ type: 'numeric', ...options }),
  bool: (options: Options = {}): Column => ({ type: 'boolean', ...options }),
  instant: (options: Options = {}): Column => ({ type: 'timestamptz', ...options }),
  /** A time of day of the community's clock, `HH:mm:ss`. */
  time: (options: Options = {}): Column => ({ type: 'time', ...options }),
  date: (options: Options = {}): Column => ({ type: 'date', ...options }),
  json: (options: Options = {}): Column => ({ type: 'jsonb', ...options }),
  texts: (options: Options = {}): Column => ({ type: 'text', array: true, ...options }),
  uuids: (options: Options = {}): Column => ({ type: 'uuid', array: true, ...options }),
};

/** The columns every aggregate has, ready to spread into its entity. */
export const aggregateColumns = {
  id: column.id(),
  tenantId: column.uuid(),
  communityId: column.uuid(),
  number: column.text(),
  version: column.int(),
  createdAt: column.instant(),
};

/** An entity over a plain interface: every property of `T` must have its column. */
export const defineEntity = <T extends ObjectLiteral>(options: {
  name: string;
  table: string;
  columns: { [K in keyof Required<T>]: Column };
}): EntitySchema<T> =>
  new EntitySchema<T>({
    name: options.name,
    tableName: options.table,
    columns: options.columns,
  });
