import { column, defineEntity, tenantTableSql, type Tx } from '@steward/db';
import {
  staffLeft,
  staffPostAssigned,
  staffPostEnded,
  staffRegistered,
  subscribe,
  type Handler,
  type StewardEvent,
} from '@steward/events';

/** What a service keeps of a member of staff of hr, in tables of its own. */
export type StaffReference = {
  id: string;
  tenantId: string;
  /** First day no longer employed. */
  leftOn: string | null;
};

/** A post in a department of a community; days are half-open. */
export type StaffPostReference = {
  id: string;
  tenantId: string;
  staffId: string;
  communityId: string;
  departmentCode: string;
  role: string;
  validFrom: string;
  validTo: string | null;
};

/** For a migration of the service; never edited, because migrations that contain it have run. */
export const staffReferenceSql = `
create table staff_reference (
  id uuid primary key,
  tenant_id uuid not null,
  left_on date
);
${tenantTableSql('staff_reference')}

create table staff_post_reference (
  id uuid primary key,
  tenant_id uuid not null,
  staff_id uuid not null,
  community_id uuid not null,
  department_code text not null,
  role text not null,
  valid_from date not null,
  valid_to date
);
create index staff_post_reference_of_community on staff_post_reference (community_id, department_code);
create index staff_post_reference_of_staff on staff_post_reference (staff_id);
${tenantTableSql('staff_post_reference')}`;

export const staffReferenceEntity = defineEntity<StaffReference>({
  name: 'StaffReference',
  table: 'staff_reference',
  columns: { id: column.id(), tenantId: column.uuid(), leftOn: column.date({ nullable: true }) },
});

export const staffPostReferenceEntity = defineEntity<StaffPostReference>({
  name: 'StaffPostReference',
  table: 'staff_post_reference',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    staffId: column.uuid(),
    communityId: column.uuid(),
    departmentCode: column.text(),
    role: column.text(),
    validFrom: column.date(),
    validTo: column.date({ nullable: true }),
  },
});

type StaffData = ReturnType<(typeof staffRegistered)['data']['parse']>;
type LeavingData = ReturnType<(typeof staffLeft)['data']['parse']>;
type PostData = ReturnType<(typeof staffPostAssigned)['data']['parse']>;

async function keepStaff(tx: Tx, { data, tenantid: tenantId }: StewardEvent<StaffData>): Promise<void> {
  await tx.insert(staffReferenceEntity, { id: data.staffId, tenantId, leftOn: null });
}

async function keepStaffLeaving(tx: Tx, { data }: StewardEvent<LeavingData>): Promise<void> {
  await tx.update(staffReferenceEntity, { id: data.staffId }, { leftOn: data.leftOn });
}

async function keepStaffPost(tx: Tx, { data, tenantid: tenantId }: StewardEvent<PostData>): Promise<void> {
  const { postId: id, staffId, communityId, departmentCode, role, validFrom, validTo } = data;
  const post = { id, tenantId, staffId, communityId, departmentCode, role, validFrom, validTo };
  await tx.upsert(staffPostReferenceEntity, post, { conflictPaths: ['id'] });
}

/** Handlers that keep the tables. */
export const staffHandlers: Handler[] = [
  subscribe(staffRegistered, 'keep-staff', keepStaff),
  subscribe(staffLeft, 'keep-staff-leaving', keepStaffLeaving),
  subscribe(staffPostAssigned, 'keep-staff-post', keepStaffPost),
  subscribe(staffPostEnded, 'keep-staff-post', keepStaffPost),
];

/** A member of staff with their posts; null if hr has not told of them. */
export async function findColleague(
  tx: Tx,
  staffId: string,
): Promise<{ staff: StaffReference; posts: StaffPostReference[] } | null> {
  const staff = await tx.findOneBy(staffReferenceEntity, { id: staffId });
  if (staff === null) return null;
  return { staff, posts: await tx.findBy(staffPostReferenceEntity, { staffId }) };
}
