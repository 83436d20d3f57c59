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

export type SetHrPolicyPayload = { communityId: string };
export type StaffRegistration = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };
