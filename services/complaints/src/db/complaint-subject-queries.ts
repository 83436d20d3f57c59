import type { ListSubject } from '@steward/service-kit';

import type { Complaint, ComplaintStatus } from '../domain/complaint.ts';

const over: readonly ComplaintStatus[] = ['ARCHIVED', 'WITHDRAWN'];

/** A complaint is its household's, that of whoever made it and, as long as it is not over, its handler's. */
export const complaintSubject = (complaint: Complaint) => ({
  communityId: complaint.communityId,
  householdIds: complaint.householdId === null ? [] : [complaint.householdId],
  personIds: complaint.complainantId === null ? [] : [complaint.complainantId],
  staffIds: complaint.handlerId === null || over.includes(complaint.status) ? [] : [complaint.handlerId],
});

/** The same in SQL. */
export const complaintListSubject: ListSubject = {
  households: ({ row }, ids) => `${row}.household_id = any(${ids})`,
  person: ({ row }, id) => `${row}.complainant_id = ${id}`,
  staff: ({ row }, id) => `(${row}.handler_id = ${id} and ${row}.status not in ('ARCHIVED', 'WITHDRAWN'))`,
};
