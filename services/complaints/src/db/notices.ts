import type { Tx } from '@steward/db';
import { notify, type Recipient } from '@steward/service-kit';

import type { Complaint } from '../domain/complaint.ts';

type Params = Record<string, string | number | boolean | null>;

/** Tells somebody about a complaint; the text is the template's, the complaint is named by its number. */
const tell = async (
  tx: Tx,
  complaint: Complaint,
  to: Recipient,
  template: string,
  params: Params = {},
): Promise<void> => {
  const { communityId, id, number } = complaint;
  await notify(tx, { communityId, to, template, params: { number, ...params }, aggregateId: id });
};

/** The supervisor of a department; the one in charge unless another is named. */
export const tellSupervisor = (
  tx: Tx,
  complaint: Complaint,
  template: string,
  departmentCode = complaint.departmentCode,
): Promise<void> => tell(tx, complaint, { role: 'supervisor', departmentCode }, template);

export const tellDirector = (tx: Tx, complaint: Complaint, template: string): Promise<void> =>
  tell(tx, complaint, { role: 'director' }, template);

/** The desk that keeps the register. */
export const tellDesk = (tx: Tx, complaint: Complaint, template: string): Promise<void> =>
  tell(tx, complaint, { role: 'clerk' }, template);

/** Whoever handles it; nobody before. */
export const tellHandler = async (tx: Tx, complaint: Complaint, template: string): Promise<void> => {
  if (complaint.handlerId !== null) await tell(tx, complaint, { staffId: complaint.handlerId }, template);
};

/** The household it is from, else whoever made it in the app. */
export const tellResident = async (tx: Tx, complaint: Complaint, template: string): Promise<void> => {
  const { householdId, complainantId: personId } = complaint;
  if (householdId !== null) await tell(tx, complaint, { householdId }, template);
  else if (personId !== null) await tell(tx, complaint, { personId }, template);
};
