import type { Viewer } from '../src/index.ts';

export const ids = {
  tenant: '01930000-0000-7000-8000-000000000001',
  here: '01930000-0000-7000-8000-000000000010',
  elsewhere: '01930000-0000-7000-8000-000000000011',
  staff: '01930000-0000-7000-8000-000000000020',
  otherStaff: '01930000-0000-7000-8000-000000000021',
  person: '01930000-0000-7000-8000-000000000030',
  otherPerson: '01930000-0000-7000-8000-000000000031',
  household: '01930000-0000-7000-8000-000000000040',
  otherHousehold: '01930000-0000-7000-8000-000000000041',
};

export const aViewer = (overrides: Partial<Viewer> = {}): Viewer => ({
  sub: 'somebody',
  tenantId: ids.tenant,
  actor: 'staff',
  staffId: ids.staff,
  roles: ['clerk'],
  departments: ['CUSTOMER_SERVICE'],
  communityIds: [ids.here],
  audience: 'work-orders',
  ...overrides,
});

export const aResident = (overrides: Partial<Viewer> = {}): Viewer => {
  const { staffId: _none, ...viewer } = aViewer({ actor: 'person', personId: ids.person, roles: ['resident'] });
  return { ...viewer, ...overrides };
};
