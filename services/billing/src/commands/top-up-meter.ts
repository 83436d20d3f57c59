import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { isMinorUnits } from '../domain/exact.ts';
import type { TopUpMeterInput } from '../graphql/generated.ts';
import { creditPrepaid } from './credit-prepaid.ts';
import { lockFor } from './save-charging.ts';
import { takeMoney } from './take-money.ts';

export async function topUpMeter(tx: Tx, input: TopUpMeterInput): Promise<{ id: string }> {
  const meter = await lockFor(tx, meterAggregate, input);
  if (!meter.isPrepaid) throw new DomainError('CONFLICT', 'METER_NOT_PREPAID', { rule: 'A209' });
  if (meter.removedOn !== null) throw new DomainError('CONFLICT', 'METER_REMOVED', { rule: 'A209' });
  const { amount, means } = input;
  if (amount <= 0 || !isMinorUnits(amount)) {
    throw new DomainError('BAD_USER_INPUT', 'AMOUNT_UNFIT', { path: 'input.amount', rule: 'A209' });
  }
  const debit = await takeMoney(tx, { communityId: meter.communityId, amount, means, cause: { id: meter.id } });
  await creditPrepaid(tx, meter, { amount, means, debit });
  return { id: meter.id };
}
// Money is taken once, however late the repetition comes.
topUpMeter.repeats = 'forGood' as const;
