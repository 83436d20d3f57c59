import { txScope, type Tx } from '@steward/db';
import { complaintDecided } from '@steward/events';
import { lockAuthorized } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { insertRemark } from '../db/complaint-queries.ts';
import { tellDesk } from '../db/notices.ts';
import { requireReason } from '../domain/after-handling-rules.ts';
import { decide } from '../domain/handling-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import type { DecideComplaintInput } from '../graphql/generated.ts';
import { issueContactForms, routingOf } from './issue-contact-forms.ts';

export async function decideComplaint(tx: Tx, input: DecideComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  requireAction(complaint, 'decideComplaint');
  const { forms, decision } = input;
  const decided = decide(complaint, { forms, ...(await routingOf(tx, complaint)) }, txScope(tx).now);
  requireReason(decision, 'A035');
  const note = { action: 'decideComplaint', rule: 'A035' };
  const saved = await issueContactForms(tx, complaint, decided, { forms, fact: complaintDecided, note });
  await insertRemark(tx, saved.id, 'decideComplaint', decision);
  await tellDesk(tx, saved, 'complaintDecided');
  return { id: saved.id };
}
