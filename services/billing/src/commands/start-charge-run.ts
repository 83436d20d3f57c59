import { localDate, newId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { chargeRunStarted } from '@steward/events';
import {
  authorize,
  insertAggregate,
  invocationOf,
  managedCommunity,
  nextNumber,
  publish,
  schedule,
} from '@steward/service-kit';

import { chargeRunAggregate } from '../db/charging-aggregates.ts';
import { codesUnderWay, codesWithTariff, lockLines } from '../db/charge-run-queries.ts';
import { runViolations } from '../domain/charge-run-rules.ts';
import { lateFeeCode, sharedChargeTypes } from '../domain/charge-type-policy.ts';
import { chargesPrefixes } from '../domain/charges-policy.ts';
import type { Days } from '../domain/proration-rules.ts';
import type { StartChargeRunInput } from '../graphql/generated.ts';
import { chargeRunFact } from './charge-run-facts.ts';

export const computeStepTimer = 'charge-run-compute-step';

export async function startChargeRun(tx: Tx, input: StartChargeRunInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone: zone, currency } = await managedCommunity(tx, input.communityId);
  // Two runs that start at once must not both find nothing under way.
  await lockLines(tx, communityId);
  const { periodFrom, periodTo, dueOn } = input;
  const chargeTypeCodes = [...new Set(input.chargeTypeCodes)];
  const period = { from: periodFrom, to: periodTo };
  const open = await codesUnderWay(tx, communityId);
  const today = localDate(txScope(tx).now, zone);
  const violations = runViolations({ chargeTypeCodes, period, dueOn, open, today });
  refuseAll(violations.length > 0 ? violations : await tariffsMissing(tx, communityId, chargeTypeCodes, period));
  const none = { computedChunks: 0, postedChunks: 0, reversedChunks: 0, lineCount: 0, gapCount: 0 };
  const fresh = {
    ...none,
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, chargesPrefixes.run, zone),
    status: 'COMPUTING' as const,
    chargeTypeCodes,
    periodFrom,
    periodTo,
    dueOn,
    currency,
    startedBy: invocationOf(tx).viewer.sub,
    totalAmount: 0,
    taxAmount: 0,
    postedAt: null,
    noticesSentAt: null,
  };
  const run = await insertAggregate(tx, chargeRunAggregate, fresh, { action: 'startChargeRun', rule: 'A230' });
  publish(tx, run, chargeRunStarted, chargeRunFact(run));
  await schedule(tx, { kind: computeStepTimer, aggregateId: run.id, communityId, dueAt: txScope(tx).now });
  return { id: run.id };
}

/** Kinds that need a tariff and have none on any day of the period. */
async function tariffsMissing(
  tx: Tx,
  communityId: string,
  codes: readonly string[],
  period: Days,
): Promise<Violation[]> {
  const known = await codesWithTariff(tx, communityId, period);
  return codes.flatMap((code, index) =>
    known.includes(code) || sharedChargeTypes.includes(code) || code === lateFeeCode
      ? []
      : [{ path: `input.chargeTypeCodes.${index}`, reason: 'TARIFF_MISSING', rule: 'A249', params: { code } }],
  );
}
