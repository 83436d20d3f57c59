import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { chargeAggregate } from '../db/ledger-aggregates.ts';
import { lateFeesOn } from '../db/holder-change-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { lockAccountsOfCharges } from '../db/refund-queries.ts';
import { reversalReasons } from '../domain/ledger-policy.ts';
import type { ReverseChargeInput } from '../graphql/generated.ts';
import { takeBackCharge } from './take-back-charge.ts';
import { takeBackLateFees } from './take-back-late-fees.ts';

export async function reverseCharge(tx: Tx, input: ReverseChargeInput): Promise<{ id: string }> {
  await lockAccountsOfCharges(tx, [input.id]);
  const charge = await lockAuthorized(tx, chargeAggregate, input);
  const { reasonCode, occurredOn } = input;
  if (!(reversalReasons as readonly string[]).includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', {
      path: 'input.reasonCode',
      params: { code: reasonCode },
    });
  if (occurredOn != null && occurredOn > (await todayIn(tx, charge.communityId)))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_FUTURE', { path: 'input.occurredOn' });
  await takeBackCharge(tx, charge.id, { reasonCode, ...(occurredOn == null ? {} : { occurredOn }) });
  await takeBackLateFees(tx, await lateFeesOn(tx, [charge.id]), reasonCode);
  return { id: charge.id };
}

reverseCharge.repeats = 'forGood' as const;
