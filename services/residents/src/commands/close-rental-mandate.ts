import { lineAmount, localDate, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { rentalMandateChargeRequested, rentalMandateClosed } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { publish, saveAggregate } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { tell } from '../db/notices.ts';
import { rentalMandateAggregate } from '../db/rental-mandate-entities.ts';
import { documentPurpose } from '../domain/household-file-policy.ts';
import { commissionChargeType } from '../domain/rental-mandate-policy.ts';
import { conclude, conclusionViolations } from '../domain/rental-mandate-rules.ts';
import type { CloseRentalMandateInput } from '../graphql/generated.ts';
import { lockRentalMandate } from './lock-rental-mandate.ts';

const rule = 'A226';

export async function closeRentalMandate(tx: Tx, input: CloseRentalMandateInput): Promise<{ id: string }> {
  const action = 'closeRentalMandate';
  const mandate = await lockRentalMandate(tx, input, action);
  const { agreedAmount, concludedOn, contractFileId } = input;
  const { timeZone } = await loadCommunity(tx, mandate.communityId);
  const { now } = txScope(tx);
  const days = { today: localDate(now, timeZone), signedOn: localDate(mandate.signedAt ?? now, timeZone) };
  refuseAll(conclusionViolations({ agreedAmount, concludedOn }, days));
  await requireUploaded(tx, [contractFileId], documentPurpose, 'input.contractFileId');
  // Rounded once.
  const owed = lineAmount(mandate.commissionShare, agreedAmount);
  const closed = conclude(mandate, { agreedAmount, concludedOn, contractFileId, commissionAmount: owed });
  const saved = await saveAggregate(tx, rentalMandateAggregate, mandate, closed, { action, rule });
  const { id: mandateId, kind, unitId, householdId, developerId, currency, commissionAmount } = saved;
  publish(tx, saved, rentalMandateClosed, { mandateId, kind, unitId, concludedOn });
  if (saved.commissionState === 'REQUESTED') {
    const fee = { amount: commissionAmount ?? 0, currency };
    const debtor = { unitId, householdId, developerId };
    publish(tx, saved, rentalMandateChargeRequested, {
      mandateId,
      ...debtor,
      chargeTypeCode: commissionChargeType,
      fee,
      rule,
    });
  }
  if (householdId !== null) await tell(tx, saved, { householdId }, 'mandateConcluded', { kind });
  return { id: saved.id };
}
