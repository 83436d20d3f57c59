import type { Tx } from '@steward/db';
import { takeoverChecked, takeoverDefectFound } from '@steward/events';
import { checkItems, lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { takeoverAggregate } from '../db/takeover-entities.ts';
import { insertTakeoverDefects, uncheckedItems } from '../db/takeover-queries.ts';
import { failed } from '../domain/move-in-rules.ts';
import { takeoverDefectFact } from '../domain/takeover-facts.ts';
import { requireTakeoverItems, takeoverDefectOf, takeoverRules } from '../domain/takeover-rules.ts';
import type { Takeover } from '../domain/takeover.ts';
import type { CheckTakeoverInput } from '../graphql/generated.ts';
import { takeoverFormName } from './open-takeover.ts';

type LeftOver = { code: string; note?: string | null };

/** Puts defects on the list of what is left over, and tells of each so that its repair is ordered. */
export async function leaveOver(tx: Tx, takeover: Takeover, items: readonly LeftOver[]): Promise<void> {
  const found = items.map(({ code, note = null }) => ({ ...takeoverDefectOf(code), note }));
  for (const defect of await insertTakeoverDefects(tx, takeover.id, found)) {
    publish(tx, takeover, takeoverDefectFound, takeoverDefectFact(takeover, defect));
  }
}

export async function checkTakeover(tx: Tx, input: CheckTakeoverInput): Promise<{ id: string }> {
  const takeover = await lockAuthorized(tx, takeoverAggregate, input);
  takeoverRules.requireAction(takeover, 'checkTakeover');
  requireTakeoverItems(input.items, await uncheckedItems(tx, takeover.id));
  const note = { action: 'checkTakeover', rule: 'A215' };
  const saved = await saveAggregate(tx, takeoverAggregate, takeover, takeover, note);
  await checkItems(tx, saved.id, takeoverFormName, input.items);
  const itemCodes = input.items.map(({ code }) => code);
  const wrong = failed(input.items);
  const failedItemCodes = wrong.map(({ code }) => code);
  publish(tx, saved, takeoverChecked, { takeoverId: saved.id, itemCodes, failedItemCodes });
  await leaveOver(tx, saved, wrong);
  return { id: saved.id };
}
