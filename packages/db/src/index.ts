export * from './database.ts';
export * from './entity.ts';
export * from './migrate.ts';
export { roleNames } from './roles.ts';
export * from './tenant-table.ts';
export {
  afterCommit,
  attemptPart,
  beforeCommit,
  rows,
  txScope,
  txState,
  type Actor,
  type Scope,
  type Tx,
} from './tx.ts';
