import type { Tx } from '@steward/db';
import { mailItemHandedOver } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { tell } from '../db/notices.ts';
import { mailItemAggregate } from '../db/register-entities.ts';
import { mailItemRules } from '../domain/register-rules.ts';
import type { HandMailToLeaderInput } from '../graphql/generated.ts';
import { lockMailItem } from './lock-mail-item.ts';

export async function handMailToLeader(tx: Tx, input: HandMailToLeaderInput): Promise<{ id: string }> {
  const action = 'handMailToLeader';
  const item = await lockMailItem(tx, input, action);
  const { leaderId } = input;
  const handed = { ...mailItemRules.moveTo(item, action, 'WITH_LEADER'), leaderId };
  const saved = await saveAggregate(tx, mailItemAggregate, item, handed, { action, rule: 'A223' });
  publish(tx, saved, mailItemHandedOver, { mailItemId: item.id, leaderId });
  await tell(tx, saved, { staffId: leaderId }, 'mailForLeader', { kind: item.kind });
  return { id: item.id };
}
