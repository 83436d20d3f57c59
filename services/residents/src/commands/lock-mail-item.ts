import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { mailItemAggregate } from '../db/register-entities.ts';
import type { MailItem } from '../domain/mail-item.ts';
import type { mailItemTransitions } from '../domain/register-policy.ts';
import { mailItemRules } from '../domain/register-rules.ts';

/** A piece of mail for an action that its state allows, to whoever may do it. */
export async function lockMailItem(
  tx: Tx,
  input: { id: string; expectedVersion?: number | null },
  action: keyof typeof mailItemTransitions,
): Promise<MailItem> {
  const item = await lockAuthorized(tx, mailItemAggregate, input);
  mailItemRules.requireAction(item, action);
  return item;
}
