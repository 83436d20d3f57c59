import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { custodyCancelled } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { custodyAggregate } from '../db/custody-entities.ts';
import { custodyRules } from '../domain/custody-rules.ts';
import { isReasonCode } from '../domain/pass-rules.ts';
import type { CancelCustodyInput } from '../graphql/generated.ts';
import { lockCustody } from './lock-custody.ts';

export async function cancelCustody(tx: Tx, input: CancelCustodyInput): Promise<{ id: string }> {
  const custody = await lockCustody(tx, input, 'cancelCustody');
  const { reasonCode } = input;
  const rule = 'A061';
  if (!isReasonCode(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_CODE_MALFORMED', { path: 'input.reasonCode', rule });
  const cancelled = { ...custodyRules.moveTo(custody, 'cancelCustody', 'CANCELLED'), reasonCode };
  const note = { action: 'cancelCustody', reasonCode, rule };
  const saved = await saveAggregate(tx, custodyAggregate, custody, cancelled, note);
  publish(tx, saved, custodyCancelled, { custodyId: custody.id, reasonCode });
  return { id: custody.id };
}
