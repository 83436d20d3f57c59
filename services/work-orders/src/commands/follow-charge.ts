import type { Tx } from '@steward/db';
import { workOrderChargeStateChanged, type chargeRaised, type StewardEvent } from '@steward/events';
import { lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';

type ChargeData = Pick<ReturnType<(typeof chargeRaised)['data']['parse']>, 'chargeId' | 'cause'>;
type Fact = 'raised' | 'settled' | 'reversed';

const states = { raised: 'RAISED', settled: 'SETTLED', reversed: 'REVERSED' } as const;

/** Reaction: keeps how far the fee of an order has come; the order neither waits for it nor is closed by it (A110). */
export async function followCharge(tx: Tx, event: StewardEvent<ChargeData>): Promise<void> {
  const { chargeId, cause } = event.data;
  if (cause?.service !== 'work-orders' || cause.aggregateType !== workOrderAggregate.type) return;
  const order = await lockAggregate(tx, workOrderAggregate, cause.aggregateId);
  const chargeState = states[event.type.split('.')[3] as Fact];
  const note = { action: 'followCharge', reasonCode: chargeState, rule: 'A110' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, { ...order, chargeId, chargeState }, note);
  publish(tx, saved, workOrderChargeStateChanged, { workOrderId: saved.id, chargeId, chargeState });
}
