export { prepared, type Prepared } from './connection.ts';
export * from './database.ts';
export * from './entity-rows.ts';
export * from './entity.ts';
export * from './migrate.ts';
export { roleNames } from './roles.ts';
export * from './tenant-table.ts';
export {
  afterCommit,
  attemptPart,
  beforeCommit,
  dispatch,
  rows,
  txScope,
  txState,
  type Actor,
  type Scope,
  type Tx,
} from './tx.ts';
