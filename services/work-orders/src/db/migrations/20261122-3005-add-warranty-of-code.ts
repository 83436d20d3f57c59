import type { Migration } from '@steward/db';

const up = `
alter table work_order_code
  add column warranty_kind text check (warranty_kind in
    ('WATERPROOFING', 'ELECTRICAL', 'PLUMBING', 'EQUIPMENT', 'FIT_OUT', 'HEATING', 'STRUCTURE')),
  add constraint work_order_code_warranty check (kind = 'PROBLEM' or warranty_kind is null);
`;

const down = `
alter table work_order_code drop column warranty_kind;
`;

export const migration: Migration = { name: '20261122-3005-add-warranty-of-code', up, down };
