import { beforeCommit, dispatch, txState, type Tx } from '@steward/db';

type Row = Record<string, unknown>;

const pendingKey = Symbol('pendingRows');

/** Tables in the order in which they were first written to. */
const pendingOf = (tx: Tx): Map<string, Row[]> =>
  txState(tx, pendingKey, () => {
    beforeCommit(tx, flushRows);
    return new Map<string, Row[]>();
  });

/** Inserts a row of one of the kit's tables before the commit, together with all others of the table in one statement. */
export function insertLater(tx: Tx, table: string, row: Row): void {
  const pending = pendingOf(tx);
  const waiting = pending.get(table);
  if (waiting === undefined) pending.set(table, [row]);
  else waiting.push(row);
}

/** Writes what is pending; called before the kit reads or changes those tables in the same transaction. */
export async function flushRows(tx: Tx): Promise<void> {
  const pending = pendingOf(tx);
  for (const [table, waiting] of pending) {
    pending.delete(table);
    const columns = Object.keys(waiting[0] ?? {}).join(', ');
    const source = `jsonb_populate_recordset(null::${table}, $1::jsonb)`;
    dispatch(tx, `insert into ${table} (${columns}) select ${columns} from ${source}`, [JSON.stringify(waiting)]);
  }
}
