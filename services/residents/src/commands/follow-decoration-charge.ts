import type { Tx } from '@steward/db';
import { decorationChargeStateChanged, type chargeRaised, type StewardEvent } from '@steward/events';
import { lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDepartment } from './decoration-notices.ts';
import type { DecorationSum } from '../domain/decoration-facts.ts';
import { decorationChargeTypes } from '../domain/decoration-policy.ts';
import { nextChargeState } from '../domain/decoration-rules.ts';
import type { DecorationChargeState } from '../domain/decoration.ts';

type ChargeData = Pick<ReturnType<(typeof chargeRaised)['data']['parse']>, 'chargeId' | 'cause' | 'chargeTypeCode'>;
type Followed = Extract<DecorationChargeState, 'RAISED' | 'SETTLED' | 'REVERSED' | 'REFUNDED'>;

const sumOf = (chargeTypeCode: string): DecorationSum | undefined =>
  (Object.keys(decorationChargeTypes) as DecorationSum[]).find((sum) => decorationChargeTypes[sum] === chargeTypeCode);

/** Reaction: keeps how far waste fee and deposit have come (A087, A225); the permit waits for both. */
export async function followDecorationCharge(tx: Tx, event: StewardEvent<ChargeData>): Promise<void> {
  const { chargeId, cause, chargeTypeCode } = event.data;
  const sum = sumOf(chargeTypeCode);
  if (cause?.service !== 'residents' || cause.aggregateType !== decorationAggregate.type || sum === undefined) return;
  const decoration = await lockAggregate(tx, decorationAggregate, cause.aggregateId);
  const fact = event.type.split('.')[3] as 'raised' | 'settled' | 'reversed';
  const state = nextChargeState(decoration[`${sum}State`], fact);
  const followed = { ...decoration, [`${sum}State`]: state, [`${sum}ChargeId`]: chargeId };
  const note = { action: 'followDecorationCharge', reasonCode: state, rule: sum === 'deposit' ? 'A225' : 'A087' };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, followed, note);
  publish(tx, saved, decorationChargeStateChanged, {
    decorationId: saved.id,
    chargeTypeCode: decorationChargeTypes[sum],
    chargeId,
    chargeState: state as Followed,
  });
  if (state === 'SETTLED') await tellDepartment(tx, saved, 'desk', 'decorationChargeSettled', { chargeTypeCode });
}
