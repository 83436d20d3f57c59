import { txScope, type Tx } from '@steward/db';
import { mailItemHandled } from '@steward/events';
import { meetDeadline, publish, saveAggregate, sealOptional } from '@steward/service-kit';

import { tell } from '../db/notices.ts';
import { mailItemAggregate } from '../db/register-entities.ts';
import { mailItemRules } from '../domain/register-rules.ts';
import type { HandleMailItemInput } from '../graphql/generated.ts';
import { lockMailItem } from './lock-mail-item.ts';

/** The leader says what becomes of it: given to whom it is for, or kept. */
export async function handleMailItem(tx: Tx, input: HandleMailItemInput): Promise<{ id: string }> {
  const action = 'handleMailItem';
  const item = await lockMailItem(tx, input, action);
  const { disposition } = input;
  const moved = mailItemRules.moveTo(item, action, disposition === 'DELIVER' ? 'READY' : 'FILED');
  const said = { disposition, instructionSealed: sealOptional(tx, input.instruction), handledAt: txScope(tx).now };
  const note = { action, reason: disposition, rule: 'A223' };
  const saved = await saveAggregate(tx, mailItemAggregate, item, { ...moved, ...said }, note);
  publish(tx, saved, mailItemHandled, { mailItemId: item.id, disposition });
  await meetDeadline(tx, saved, 'MAIL_HANDLING');
  const { householdId, kind } = saved;
  if (saved.status === 'READY' && householdId !== null) await tell(tx, saved, { householdId }, 'mailReady', { kind });
  return { id: item.id };
}
