import type { Tx } from '@steward/db';
import { complaintRouted } from '@steward/events';
import { lockAuthorized } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { route } from '../domain/handling-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import type { RouteComplaintInput } from '../graphql/generated.ts';
import { issueContactForms, routingOf } from './issue-contact-forms.ts';

export async function routeComplaint(tx: Tx, input: RouteComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  requireAction(complaint, 'routeComplaint');
  const { forms } = input;
  const routed = route(complaint, 'routeComplaint', { forms, ...(await routingOf(tx, complaint)) });
  const note = { action: 'routeComplaint', rule: 'A034' };
  return { id: (await issueContactForms(tx, complaint, routed, { forms, fact: complaintRouted, note })).id };
}
