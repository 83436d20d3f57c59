import type { Migration } from '@steward/db';

import { setWisePostBlockSql } from './20261122-1801-post-set-wise.ts';

// Almost every account that a block names is there. To try to open it all the same checks its id once more, a sha256, before
// the row is found to be there: a quarter of what a block costs. Looked up by its key, one row each.
const onlyNew = `
      left join lateral (select true as is_there from ledger_account where id = account_id limit 1) l on true
     where l.is_there is null`;

const up = setWisePostBlockSql(onlyNew);

const down = setWisePostBlockSql();

export const migration: Migration = { name: '20261122-1902-open-new-accounts-only', up, down };
