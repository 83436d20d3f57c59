import type { Migration } from '@steward/db';

const up = `
-- A request that was not issued is given up when its money is not there any more; of what was issued a red invoice 红字发票
-- takes back so much as was given back.
alter table invoice_request drop constraint invoice_request_status_check;
alter table invoice_request add constraint invoice_request_status_check
  check (status in ('REQUESTED', 'ISSUED', 'CANCELLED'));
alter table invoice_request add column corrects_id uuid;
create index invoice_request_correcting on invoice_request (corrects_id) where corrects_id is not null;
`;

const down = `
drop index invoice_request_correcting;
delete from invoice_request where status = 'CANCELLED' or corrects_id is not null;
alter table invoice_request drop column corrects_id;
alter table invoice_request drop constraint invoice_request_status_check;
alter table invoice_request add constraint invoice_request_status_check check (status in ('REQUESTED', 'ISSUED'));
`;

export const migration: Migration = { name: '20261122-2002-correct-invoices', up, down };
