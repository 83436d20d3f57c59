import { judgeActions, type AuthorityHeld, type JudgedAction } from '@steward/service-kit';

import { apportionmentSteps } from '../domain/apportionment-terms.ts';
import type { Apportionment } from '../domain/apportionment.ts';
import { chargeRequestSteps } from '../domain/charge-request-rules.ts';
import type { ChargeRequest } from '../domain/charge-request.ts';
import { chargeRunSteps } from '../domain/charge-run-rules.ts';
import type { ChargeRun } from '../domain/charge-run.ts';
import { meterActions, meterRefusal } from '../domain/meter-rules.ts';
import type { Meter } from '../domain/meter.ts';
import { openingSteps } from '../domain/opening-rules.ts';
import type { OpeningImport } from '../domain/opening.ts';
import { tariffSteps } from '../domain/tariff-rules.ts';
import type { Tariff } from '../domain/tariff.ts';
import { checkApprover } from '../domain/refund-rules.ts';
import { waiverAct } from '../domain/waiver-policy.ts';
import { waiverSteps } from '../domain/waiver-rules.ts';
import type { Waiver } from '../domain/waiver.ts';

/** Every action on an aggregate with the refusal that its state would give, for `availableActions`. */
export const judgeTariffActions = (row: Tariff): JudgedAction[] =>
  judgeActions(tariffSteps.actions, (action) => tariffSteps.refusal(row, action));

export const judgeMeterActions = (row: Meter): JudgedAction[] =>
  judgeActions(meterActions, (action) => meterRefusal(row, action));

export const judgeApportionmentActions = (row: Apportionment): JudgedAction[] =>
  judgeActions(apportionmentSteps.actions, (action) => apportionmentSteps.refusal(row, action));

export const judgeChargeRunActions = (row: ChargeRun): JudgedAction[] =>
  judgeActions(chargeRunSteps.actions, (action) => chargeRunSteps.refusal(row, action));

export const judgeOpeningActions = (row: OpeningImport): JudgedAction[] =>
  judgeActions(openingSteps.actions, (action) => openingSteps.refusal(row, action));

export const judgeChargeRequestActions = (row: ChargeRequest): JudgedAction[] =>
  judgeActions(['decideChargeRequest', 'withdrawChargeRequest'] as const, (action) =>
    chargeRequestSteps.refusal(row, action),
  );

export const judgeWaiverActions = (row: Waiver): JudgedAction[] =>
  judgeActions(['decideWaiver', 'withdrawWaiver', 'reverseWaiver'] as const, (action) =>
    waiverSteps.refusal(row, action),
  );

/** The decision about a waiver, measured by what somebody holds. */
export const waiverActs = (row: Waiver) => ({
  decideWaiver: { ...waiverAct, measure: (held: AuthorityHeld): void => checkApprover(row, held) },
});
