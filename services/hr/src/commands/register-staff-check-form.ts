import { newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { staffCheckFormEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAuthorized,
  managedCommunity,
  nextNumber,
  saveAndTell,
} from '@steward/service-kit';

import { staffCheckFormAggregate } from '../db/conduct-aggregates.ts';
import { checkFormFact } from '../domain/conduct-facts.ts';
import { conductPrefixes, staffCheckLists } from '../domain/conduct-policy.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { formViolations } from '../domain/staff-check-rules.ts';
import type { RegisterStaffCheckFormInput, RetireStaffCheckFormInput } from '../graphql/generated.ts';
import { startConductDays } from './conduct-day.ts';

/** Points of a community's own, beside those of the standard. */
export async function registerStaffCheckForm(tx: Tx, input: RegisterStaffCheckFormInput): Promise<{ id: string }> {
  const { communityId, kind, roles = [] } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone } = await managedCommunity(tx, communityId);
  const entries = input.entries.map(({ code, name }) => ({ code, name: name.trim() }));
  refuseAll(formViolations(kind, input.name, entries));
  const number = await nextNumber(tx, communityId, conductPrefixes.form, zone);
  const name = input.name.trim();
  const fresh = { id: newId(), communityId, number, kind, name, roles: [...roles], entries, status: 'ACTIVE' as const };
  const note = { action: 'registerStaffCheckForm', rule: staffCheckLists[kind].rule };
  const told = [staffCheckFormEvents.registered, checkFormFact] as const;
  const { id } = await insertAndTell(tx, staffCheckFormAggregate, fresh, note, told);
  await startConductDays(tx, communityId, zone);
  return { id };
}

export async function retireStaffCheckForm(tx: Tx, input: RetireStaffCheckFormInput): Promise<{ id: string }> {
  const form = await lockAuthorized(tx, staffCheckFormAggregate, input);
  const retired = moveBy(form, 'retireStaffCheckForm', 'RETIRED');
  const note = { action: 'retireStaffCheckForm', rule: staffCheckLists[form.kind].rule };
  const told = [staffCheckFormEvents.retired, checkFormFact] as const;
  return { id: (await saveAndTell(tx, staffCheckFormAggregate, { before: form, after: retired, note }, told)).id };
}
