import { txScope, type Tx } from '@steward/db';
import { passExpired } from '@steward/events';
import { lockAggregate, publish, saveAggregate, type DueTimer } from '@steward/service-kit';

import { passAggregate } from '../db/pass-entities.ts';
import { passKinds } from '../domain/pass-policy.ts';
import { isOver } from '../domain/pass-rules.ts';

/** Timer: a pass that nobody used up or took back is over. */
export async function expirePass(tx: Tx, due: DueTimer): Promise<void> {
  const pass = await lockAggregate(tx, passAggregate, due.aggregateId ?? '');
  if (!isOver(pass, txScope(tx).now)) return;
  const note = { action: 'expirePass', rule: passKinds[pass.kind].rule };
  const saved = await saveAggregate(tx, passAggregate, pass, { ...pass, status: 'EXPIRED', suspendedBy: null }, note);
  publish(tx, saved, passExpired, { passId: pass.id });
}
