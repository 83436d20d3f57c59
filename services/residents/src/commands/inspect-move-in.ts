import { txScope, type Tx } from '@steward/db';
import { moveInDefectFound, moveInInspected } from '@steward/events';
import { checkItems, meetDeadline, openItems, publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { findMoveInDefects, insertMoveInDefects, type NewDefect } from '../db/move-in-queries.ts';
import { tell } from '../db/notices.ts';
import { moveInDefectFact, moveInPlace } from '../domain/move-in-facts.ts';
import { acceptanceForm } from '../domain/move-in-policy.ts';
import { failed, formCodes, judgeAcceptance, type ItemResult } from '../domain/move-in-rules.ts';
import type { MoveIn, MoveInDefect } from '../domain/move-in.ts';
import type { InspectMoveInInput, ReacceptMoveInInput } from '../graphql/generated.ts';
import { lockMoveIn } from './lock-move-in.ts';
import { formName } from './open-move-in.ts';

/** A defect as the form has it, for the round that found it. */
export function defectOf({ code, note = null }: ItemResult, round: number): NewDefect {
  const item = acceptanceForm.find((one) => one.code === code);
  if (item === undefined) throw new Error('items are checked before they are used');
  return { itemCode: code, tradeCode: item.tradeCode, problemCode: item.problemCode, round, note };
}

/** Keeps defects and tells of each, so that its repair is ordered (A058). */
export async function raiseDefects(tx: Tx, moveIn: MoveIn, found: readonly NewDefect[]): Promise<MoveInDefect[]> {
  const defects = await insertMoveInDefects(tx, moveIn.id, found);
  for (const defect of defects) publish(tx, moveIn, moveInDefectFound, moveInDefectFact(moveIn, defect));
  return defects;
}

type Going = { action: 'inspectMoveIn' | 'reacceptMoveIn'; asked: readonly string[]; round: number };

async function goThrough(tx: Tx, moveIn: MoveIn, items: readonly ItemResult[], going: Going): Promise<MoveIn> {
  const { action, asked, round } = going;
  const { now } = txScope(tx);
  const judged = judgeAcceptance(moveIn, action, items, { asked, at: now });
  const rule = action === 'inspectMoveIn' ? 'A056' : 'A059';
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, judged, { action, rule });
  await checkItems(tx, moveIn.id, formName, items);
  const wrong = failed(items);
  const failedItemCodes = wrong.map(({ code }) => code);
  const inspectedAt = now.toISOString();
  publish(tx, saved, moveInInspected, { ...moveInPlace(saved), round, failedItemCodes, inspectedAt });
  await raiseDefects(
    tx,
    saved,
    wrong.map((item) => defectOf(item, round)),
  );
  if (saved.status === 'ACCEPTED') await tell(tx, saved, { householdId: saved.householdId }, 'moveInAccepted');
  return saved;
}

export async function inspectMoveIn(tx: Tx, input: InspectMoveInInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'inspectMoveIn');
  const { id } = await goThrough(tx, moveIn, input.items, { action: 'inspectMoveIn', asked: formCodes, round: 1 });
  return { id };
}

/** What was not in order is looked at again, together with the owner (A059). */
export async function reacceptMoveIn(tx: Tx, input: ReacceptMoveInInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'reacceptMoveIn');
  const asked = (await openItems(tx, moveIn.id, formName)).map(({ code }) => code);
  const rounds = (await findMoveInDefects(tx, moveIn.id)).map(({ round }) => round);
  const going = { action: 'reacceptMoveIn', asked, round: Math.max(...rounds) + 1 } as const;
  const saved = await goThrough(tx, moveIn, input.items, going);
  await meetDeadline(tx, saved, 'MOVE_IN_REACCEPTANCE');
  return { id: saved.id };
}
