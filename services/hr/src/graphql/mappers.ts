import type { ChangeRow, Connection, RefusalValue } from '@steward/service-kit';

import type { OpenDuty } from '../db/loaders.ts';
import type { Department as DepartmentRow, Team as TeamRow } from '../domain/department.ts';
import type { Staff as StaffRow } from '../domain/staff.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type StaffDuty = OpenDuty;
export type StaffConnection = Connection<StaffRow>;
export type DepartmentConnection = Connection<DepartmentRow>;
export type TeamConnection = Connection<TeamRow>;
export type ChangeConnection = Connection<ChangeRow>;
export type Code = { code: string; label?: string; labelKey?: string };
export type Refusal = RefusalValue;
export type Community = { id: string };

type Loaded<Name extends string> = Record<Name, { id: string }>;

export type RegisterDepartmentPayload = Loaded<'department'>;
export type RegisterTeamPayload = Loaded<'team'>;
export type UpdateStaffPayload = Loaded<'staffMember'>;
export type AssignStaffPostPayload = Loaded<'staffMember'>;
export type EndStaffPostPayload = Loaded<'staffMember'>;
export type ChangeStaffTradesPayload = Loaded<'staffMember'>;
export type StartStaffDutyPayload = Loaded<'staffMember'>;
export type EndStaffDutyPayload = Loaded<'staffMember'>;
export type RecordStaffLeavingPayload = Loaded<'staffMember'>;
export type SetHrPolicyPayload = { communityId: string };
export type StaffRegistration = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };
