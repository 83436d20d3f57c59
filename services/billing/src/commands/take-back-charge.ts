import { txScope, type Tx } from '@steward/db';
import { chargeReversed } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { lockCharges } from '../db/charge-queries.ts';
import { chargeAggregate } from '../db/ledger-aggregates.ts';
import { raisingTransactionOf } from '../db/ledger-transaction-queries.ts';
import { reverse } from '../domain/charge-rules.ts';
import type { Charge, OpenCharge } from '../domain/charge.ts';
import { chargeFact } from './charge-facts.ts';
import { postTransactions } from './post-transactions.ts';
import { settleFinals } from './settle-charges.ts';

/** Takes back a charge by the exact opposite of its posting; what was paid on it is owed back from now on. */
export async function takeBackCharge(
  tx: Tx,
  chargeId: string,
  { reasonCode, occurredOn }: { reasonCode: string; occurredOn?: string },
): Promise<Charge> {
  const [locked] = await lockCharges(tx, [chargeId]);
  const { outstanding: _left, ...before } = locked as OpenCharge;
  const { now } = txScope(tx);
  const note = { action: 'reverseCharge', reasonCode };
  const saved = await saveAggregate(tx, chargeAggregate, before, reverse(before, reasonCode, now), note);
  publish(tx, saved, chargeReversed, { ...chargeFact(saved), reversedAt: now.toISOString(), reasonCode });
  await settleFinals(tx, [saved]);
  const raised = await raisingTransactionOf(tx, chargeId);
  if (raised === null) return saved;
  const { id: reversesId, postings } = raised;
  await postTransactions(tx, [
    {
      communityId: saved.communityId,
      kind: 'REVERSAL',
      ...(occurredOn === undefined ? {} : { occurredOn }),
      cause: { service: 'billing', aggregateType: chargeAggregate.type, id: saved.id },
      reversesId,
      postings: postings.map((posting) => ({ ...posting, amount: -posting.amount })),
    },
  ]);
  return saved;
}
