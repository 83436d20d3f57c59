import type { Tx } from '@steward/db';

import { chargeEntity } from '../db/charge-entities.ts';
import { daysOfRequest, isReplaced } from '../db/charge-request-queries.ts';
import { closedToOf } from '../db/ledger-queries.ts';
import { byHandTypes } from '../domain/charge-request-policy.ts';
import { checkDays, checkReplaced } from '../domain/charge-request-rules.ts';
import type { ChargeRequest } from '../domain/charge-request.ts';
import { chargeTypeOf } from '../domain/charge-type-policy.ts';
import { checkOpenPeriod } from '../domain/ledger-rules.ts';
import { requirePayerKnown } from './name-on-paper.ts';

type Asked = Omit<ChargeRequest, 'tenantId' | 'version' | 'createdAt'>;

/**
 * What the books have against a single charge, when it is asked for and again when it is decided: what was open then may be
 * closed, charged, replaced or erased by now. It holds the account until the transaction ends.
 */
export async function checkChargeRequest(tx: Tx, asked: Asked, path: string): Promise<void> {
  const { id, communityId, billingAccountId, chargeTypeCode, occurredOn, replacesChargeId, periodFrom } = asked;
  await requirePayerKnown(tx, billingAccountId, path);
  if (occurredOn !== null) checkOpenPeriod(occurredOn, await closedToOf(tx, communityId));
  if (replacesChargeId !== null) {
    const replaced = await tx.findOneBy(chargeEntity, { id: replacesChargeId });
    checkReplaced(asked, replaced, await isReplaced(tx, replacesChargeId, id));
  }
  if (byHandTypes[chargeTypeCode]?.isOfDays !== true || periodFrom === null) return;
  checkDays(await daysOfRequest(tx, asked, chargeTypeOf(chargeTypeCode)?.liable ?? 'OWNER'));
}
