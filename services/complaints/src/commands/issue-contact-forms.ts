import type { Tx } from '@steward/db';
import type { complaintRouted } from '@steward/events';
import { meetDeadline, publish, saveAggregate, seal, type ChangeNote } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { addedCodes, departmentsOf } from '../db/catalog-queries.ts';
import { formsOf, issueForms } from '../db/complaint-queries.ts';
import { tellSupervisor } from '../db/notices.ts';
import { catalogOf } from '../domain/complaint-catalog.ts';
import { routedFact } from '../domain/complaint-facts.ts';
import type { Complaint } from '../domain/complaint.ts';

/** Departments of the complaint's community, and those that have a form to answer. */
export async function routingOf(tx: Tx, { id, communityId }: Complaint) {
  const catalog = catalogOf(await addedCodes(tx, communityId));
  const issued = (await formsOf(tx, id)).filter(({ state }) => state === 'ISSUED');
  return {
    departments: await departmentsOf(tx, communityId, catalog),
    open: new Set(issued.map(({ departmentCode }) => departmentCode)),
  };
}

type Issue = {
  forms: readonly { departmentCode: string; content: string }[];
  fact: typeof complaintRouted;
  note: ChangeNote;
};

/** Saves a complaint that departments have to deal with: each gets its form, its supervisor is told (A034). */
export async function issueContactForms(
  tx: Tx,
  before: Complaint,
  after: Complaint,
  { forms, fact, note }: Issue,
): Promise<Complaint> {
  const saved = await saveAggregate(tx, complaintAggregate, before, after, note);
  const ordered = forms.map(({ departmentCode, content }) => ({
    departmentCode,
    contentSealed: seal(tx, content.trim()),
  }));
  const issued = await issueForms(tx, saved.id, ordered);
  publish(tx, saved, fact, routedFact(saved, issued));
  await meetDeadline(tx, saved, 'SUPERVISOR_REFERRAL');
  for (const { departmentCode } of issued) {
    await tellSupervisor(tx, saved, 'complaintContactForm', departmentCode);
  }
  return saved;
}
