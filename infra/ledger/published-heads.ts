import { setTimeout as pause } from 'node:timers/promises';

import type pg from 'pg';

import type { ServiceProcess } from './service-process.ts';

/** A head of a chain as somebody outside keeps it: who alters the database cannot alter it there. */
export type KeptHead = { height: number; hash: string };

const patienceMilliseconds = 120_000;

/** What was told of a community's chain: by the daily fact, and with its published accounts. */
async function toldHeads(admin: pg.Client, communityId: string): Promise<KeptHead[]> {
  const { rows } = await admin.query<KeptHead>(
    `select (data ->> 'height')::float8 as height, data ->> 'hash' as hash from outbox
      where community_id = $1 and type in ('steward.billing.ledger-head.published.v1',
                                           'steward.billing.published-accounts.published.v1')`,
    [communityId],
  );
  return rows;
}

/** Lets the day end in each community, as its timer does, and waits until the heads are told. */
export async function publishHeads(admin: pg.Client, tenantId: string, communityIds: readonly string[]): Promise<void> {
  await admin.query(
    `insert into timer (id, tenant_id, community_id, kind, due_at)
     select uuidv7(), $1, id, 'ledger-head', now() from unnest($2::uuid[]) as id`,
    [tenantId, communityIds],
  );
  const end = Date.now() + patienceMilliseconds;
  for (const communityId of communityIds) {
    while ((await toldHeads(admin, communityId)).length === 0) {
      if (Date.now() > end) throw new Error(`the head of ${communityId} was not told`);
      await pause(200);
    }
  }
}

const publish = `mutation ($input: PublishAccountsInput!) {
  publishAccounts(input: $input) { publishedAccounts { id } } }`;

/** Publishes the accounts of a closed month, and answers every head that was told by now. */
export async function publishAccountsOf(
  admin: pg.Client,
  service: ServiceProcess,
  communityId: string,
): Promise<KeptHead[]> {
  const { rows } = await admin.query<{ month: string }>(
    'select month from ledger_period where community_id = $1 order by month desc limit 1',
    [communityId],
  );
  const month = rows[0]?.month ?? '';
  const { errors } = await service.ask(publish, { input: { communityId, fromMonth: month, toMonth: month } });
  if (errors !== undefined) throw new Error(`the accounts of ${month} were not published: ${errors[0]?.message}`);
  return toldHeads(admin, communityId);
}
