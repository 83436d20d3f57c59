import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { staffUpdated } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { staffName, staffPhone } from '../db/sealed-contact.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { requireAction } from '../domain/staff-actions.ts';
import { staffFact } from '../domain/staff-facts.ts';
import { contactViolations } from '../domain/staff-rules.ts';
import type { UpdateStaffInput } from '../graphql/generated.ts';

export async function updateStaff(tx: Tx, input: UpdateStaffInput): Promise<{ id: string }> {
  const staff = await lockAggregate(tx, staffAggregate, input.id, input.expectedVersion);
  await authorize(tx, await loadStaffSubject(tx, staff));
  requireAction(staff, 'updateStaff');
  refuseAll(contactViolations(input, 'input'));
  const changed = {
    ...staff,
    ...(input.name == null ? {} : staffName(tx, input.name)),
    ...(input.phone === undefined ? {} : staffPhone(tx, input.phone)),
  };
  const saved = await saveAggregate(tx, staffAggregate, staff, changed, { action: 'updateStaff' });
  publish(tx, saved, staffUpdated, staffFact(saved));
  return { id: staff.id };
}
