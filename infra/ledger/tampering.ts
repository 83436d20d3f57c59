/** One alteration by somebody who has the database, of a row that `$2` stands for. */
export type Tampering = { table: string; sql: string };

export const set = (table: string, ...changes: string[]): Tampering[] =>
  changes.map((change) => ({ table, sql: `update ${table} set ${change} where ctid = $2` }));

export const drop = (table: string): Tampering => ({ table, sql: `delete from ${table} where ctid = $2` });

/** Another bit of a hash. */
export const flipped = (column: string): string => `${column} = set_byte(${column}, 7, get_byte(${column}, 7) # 1)`;
