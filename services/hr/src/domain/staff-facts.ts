import { staffRoles } from './staff-policy.ts';
import type { Staff, StaffPost } from './staff.ts';

/** What events say about staff: ids, codes and times, never a name. */
export const staffFact = ({ id, number, employedOn }: Staff) => ({ staffId: id, number, employedOn });

export const postFact = (post: StaffPost, departmentCode: string) => ({
  staffId: post.staffId,
  postId: post.id,
  communityId: post.communityId,
  departmentId: post.departmentId,
  departmentCode,
  teamId: post.teamId,
  positionCode: post.positionCode,
  role: staffRoles[post.role],
  validFrom: post.validFrom,
  validTo: post.validTo,
});

export const tradesFact = ({ id, tradeCodes }: Staff) => ({ staffId: id, tradeCodes });

export const dutyFact = ({ id, dutyFrom, dutyTo }: Staff) => ({
  staffId: id,
  onDutyFrom: dutyFrom?.toISOString() ?? null,
  onDutyTo: dutyTo?.toISOString() ?? null,
});
