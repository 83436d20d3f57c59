import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { householdMembershipStarted } from '@steward/events';
import { eventually, type TestService } from '@steward/test-kit';

import { doorItems } from '../src/domain/counter-policy.ts';
import { aCharge, act, anEstate, answer, balance, reasons, see, startBilling, type Estate } from './counter-fixture.ts';
import {
  aNamedPayer,
  columnsThatSay,
  erase,
  openSettings,
  print,
  prints,
  storedTexts,
  textOf,
  type NamedPayer,
  type Paper,
} from './erasure-fixture.ts';

let service: TestService;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'steward-papers-'));
  service = await startBilling({ env: openSettings(directory) });
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await rm(directory, { recursive: true, force: true });
});

const payment =
  'amount { amount } receipt { number } invoiceRequests { titleMasked title taxNumber amount { amount } } proofs { name }';
const door = 'contactNameMasked contactName history { nodes { fields { field from to } } }';
const steps = 'steps { kind note amount { amount } proofs { id } }';

/** What the counter still tells of a payer. */
const seen = async ({ estate, ...ids }: NamedPayer) => ({
  paid: await see<object>(service, estate.cashier, 'payment', ids.paymentId, payment),
  agreed: await see<object>(service, estate.clerk, 'doorCollection', ids.doorId, door),
  dunned: await see<object>(service, estate.clerk, 'dunningCase', ids.caseId, steps),
});

const isIntact = async ({ director, communityId }: Estate): Promise<boolean> => {
  const query = `query ($id: ID!) { verifyLedger(communityId: $id) { isIntact } }`;
  const found = await service.ok<{ verifyLedger: { isIntact: boolean } }>(director, query, { id: communityId });
  return found.verifyLedger.isIntact;
};

it('[B017] an erased person leaves what was owed and paid to the cent, but no name, number or word', async () => {
  const payer = await aNamedPayer(service, '王芳');
  const other = await aNamedPayer(service, '王芳');
  await erase(service, payer.estate);
  const left = await seen(payer);
  expect(left).toMatchObject({
    paid: {
      amount: { amount: 1_500 },
      invoiceRequests: [{ titleMasked: '***', title: '', taxNumber: null, amount: { amount: 1_000 } }],
      // A voucher that the books are kept with.
      proofs: [{ name: 'file' }],
    },
    agreed: { contactNameMasked: '***', contactName: '' },
    dunned: { steps: [{ kind: 'REMINDER', note: '', amount: { amount: 500 }, proofs: [] }] },
  });
  expect(JSON.stringify(left)).not.toMatch(/王|91110000/);
  expect(await balance(service, payer.estate.communityId, 'RECEIVABLE')).toBe(500);
  expect(await isIntact(payer.estate)).toBe(true);
  // Told again, nothing changes; who is not erased keeps everything.
  await erase(service, payer.estate);
  expect(await seen(payer)).toEqual(left);
  const kept = await seen(other);
  expect(kept).toMatchObject({ agreed: { contactName: '王芳' }, paid: { proofs: [{ name: '王芳的转账' }] } });
}, 60_000);

it('[B017] an erased person counts in no household from that day on, and sees nothing of it', async () => {
  const estate = await anEstate(service);
  const charge = await aCharge(service, estate, 100);
  const mine = 'query ($id: ID!) { charge(id: $id) { id } }';
  expect((await service.ok<{ charge: object | null }>(estate.resident, mine, charge)).charge).not.toBeNull();
  await erase(service, estate);
  const { data } = await service.graphql<{ charge: object | null }>(estate.resident, mine, charge);
  expect(data?.charge ?? null).toBeNull();
  const members = await service.sql<{ until: string }>(
    `select to_char(valid_to, 'YYYY-MM-DD') as until from household_member where person_id = $1
     union all select to_char(valid_to, 'YYYY-MM-DD') from household_party where person_id = $1`,
    [estate.personId],
  );
  expect(members).toEqual([{ until: '2026-03-03' }, { until: '2026-03-03' }]);
});

/** A store that cannot delete one file: a folder lies in its place. Answers how to put it right. */
async function blockDeletion(fileId: string): Promise<() => Promise<void>> {
  const place = path.join(directory, fileId.slice(-2), fileId);
  await rename(place, `${place}.away`);
  await mkdir(place);
  return async () => {
    await rmdir(place);
    await rename(`${place}.away`, place);
  };
}

const filesOf = (papers: readonly Paper[]) =>
  service.sql<{ state: string; isRemoved: boolean }>(
    `select state, removed_at is not null as "isRemoved", name_sealed, sha256 from file where id = any($1) order by id`,
    [papers.map(({ id }) => id)],
  );

const download = async ({ url }: Paper): Promise<[number, { reason?: string }]> => {
  const response = await fetch(`${service.url()}${url}`);
  return [response.status, (await response.json()) as { reason?: string }];
};

it('[B017] no paper and no column keeps the name of an erased person, also after a crash between the two', async () => {
  const name = '欧阳若兰';
  const payer = await aNamedPayer(service, name);
  const { estate, proof, voucher } = payer;
  const papers: Paper[] = [];
  for (const each of prints(payer, name)) papers.push(await print(service, estate, each));
  const texts = await storedTexts(directory);
  for (const { id } of papers) expect(texts.get(id)).toContain(name);
  expect(await columnsThatSay(service, /欧|若兰/)).toEqual([
    'door_collection.contact_name_masked',
    'door_collection.contact_name_sealed',
    'dunning_step.note_sealed',
    'file.name_sealed',
    'invoice_request.title_masked',
    'invoice_request.title_sealed',
  ]);
  const putRight = await blockDeletion(papers[0]?.id ?? '');

  await erase(service, estate);
  for (const paper of papers) expect(await download(paper)).toMatchObject([404, { reason: 'FILE_ERASED' }]);
  await service.move({ advance: 'PT1S' });
  expect((await filesOf(papers)).map(({ state, isRemoved }) => [state, isRemoved])).toEqual(
    papers.map(() => ['ERASED', false]),
  );
  await putRight();
  await service.restart();
  await service.move({ advance: 'PT5M' });

  const erased = await filesOf(papers);
  expect(erased.map(({ state, isRemoved }) => [state, isRemoved])).toEqual(papers.map(() => ['ERASED', true]));
  const left = await storedTexts(directory);
  expect([...papers.map(({ id }) => id), proof].filter((id) => left.has(id))).toEqual([]);
  expect(left.has(voucher)).toBe(true);
  expect([...left.values()].filter((text) => /欧|若兰/.test(text))).toEqual([]);
  expect(await columnsThatSay(service, /欧|若兰/)).toEqual([]);
  expect(await isIntact(estate)).toBe(true);

  const timers = `select count(*)::int as count from timer where kind = 'erased-files' and tenant_id = $1`;
  const before = await service.sql(timers, [estate.tenantId]);
  await erase(service, estate);
  expect(await filesOf(papers)).toEqual(erased);
  expect(await service.sql(timers, [estate.tenantId])).toEqual(before);
}, 120_000);

it('[B017] [A076] a paper is printed again from the books without the name, as the reprint it is', async () => {
  const name = '司徒慧敏';
  const payer = await aNamedPayer(service, name);
  const { estate, paymentId } = payer;
  const first = { id: paymentId, payerName: name, idempotencyKey: newId() };
  const selection = 'document { file { id url } }';
  await answer(service, estate.cashier, 'printReceipt', first, selection);
  await erase(service, estate);
  const repeated = `mutation ($input: PrintReceiptInput!) { printReceipt(input: $input) { ${selection} } }`;
  const { extensions, message } = await service.refused(estate.cashier, repeated, { input: first });
  expect([extensions.reason, message]).toEqual([
    'FILE_ERASED',
    'The paper was deleted together with the personal data on it; it can be printed again.',
  ]);
  const [receipt, bill] = prints(payer);
  const texts: string[] = [];
  for (const each of [receipt, bill]) {
    const { url } = await print(service, estate, each ?? ['', {}]);
    texts.push(await textOf(new Uint8Array(await (await fetch(`${service.url()}${url}`)).arrayBuffer())));
  }
  for (const words of ['REPRINT 1', 'A01-00000001', '15.00', '3-1-1201']) expect(texts[0]).toContain(words);
  expect(texts[0]).not.toContain('REPRINT 2');
  expect(texts[1]).toContain('5.00');
  expect(texts.join()).not.toContain(name);

  const { communityId, billingAccountId, cashier } = estate;
  const appointmentAt = new Date((await service.now()).getTime() + 6 * 3_600_000).toISOString();
  const agreed = { appointmentAt, collectorId: cashier.staffId, amount: 500, confirmed: doorItems };
  const named: [string, object][] = [
    ...prints(payer, name),
    ['requestInvoice', { id: paymentId, title: name }],
    ['agreeDoorCollection', { communityId, billingAccountId, contactName: name, ...agreed }],
  ];
  for (const [mutation, input] of named) {
    const viewer = mutation === 'printReceipt' || mutation === 'requestInvoice' ? cashier : estate.clerk;
    expect([mutation, ...(await reasons(service, viewer, mutation, input))]).toEqual([mutation, 'PAYER_ERASED']);
  }
}, 120_000);

it('[B017] of a family member the papers of the household go; whoever still owes keeps what was done about it', async () => {
  const payer = await aNamedPayer(service, '赵强');
  const { estate, paymentId, caseId, proof } = payer;
  const { tenantId, communityId, householdId, unitId } = estate;
  const member = { householdId, membershipId: newId(), unitIds: [unitId], personId: newId(), organisationId: null };
  const data = { ...member, role: 'FAMILY' as const, validFrom: '2020-01-01', validTo: null };
  await service.wire.send(householdMembershipStarted, { tenantId, communityId, aggregateId: householdId, data });
  await service.settle();
  const [receipt, , , letter] = prints(payer, '赵小丽');
  const theirs = await print(service, estate, receipt ?? ['', {}]);
  const pursued = await print(service, estate, letter ?? ['', {}]);
  await erase(service, { tenantId, communityId, personId: member.personId });
  expect(await download(theirs)).toMatchObject([404, { reason: 'FILE_ERASED' }]);
  expect((await fetch(`${service.url()}${pursued.url}`)).status).toBe(200);
  expect(await seen(payer)).toMatchObject({ agreed: { contactName: '赵强' } });
  // A former member, of whom nobody is left in the household, while the debt is somebody else's.
  await erase(service, { tenantId, communityId, personId: newId() }, [householdId]);
  expect(await seen(payer)).toMatchObject({
    agreed: { contactName: '' },
    dunned: { steps: [{ note: '赵强答应付款', proofs: [{ id: proof }] }] },
  });
  expect((await fetch(`${service.url()}${pursued.url}`)).status).toBe(200);
  const again = { id: paymentId, payerName: '赵强' };
  expect((await print(service, estate, ['printReceipt', again])).id).not.toBe(theirs.id);
  await act(service, estate.clerk, 'remindDebtor', { id: caseId, channel: 'SMS', amount: 500 });
}, 120_000);

/** Holds whoever writes to a table first until the second waits for them; answers what both come to. */
async function meeting<A, B>(table: string, first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  await service.sql(`
    create table gate (); grant select on gate to public;
    create function wait_at_gate() returns trigger language plpgsql as $$ begin
      for i in 1..3000 loop exit when exists (select 1 from gate); perform pg_sleep(0.01); end loop;
      return new; end $$;
    create trigger wait_at_gate before insert or update on ${table} for each row execute function wait_at_gate()`);
  const somebody = (waits: string): Promise<unknown> => {
    const sql = `select 1 from pg_stat_activity where datname = current_database() and ${waits}`;
    return eventually(async () => (await service.sql(sql)).length > 0, { what: waits });
  };
  const one = first();
  await somebody(`wait_event = 'PgSleep'`);
  const two = second();
  await somebody(`wait_event_type = 'Lock'`);
  await service.sql('insert into gate default values');
  const both = await Promise.all([one, two]);
  await service.sql(`drop trigger wait_at_gate on ${table}; drop function wait_at_gate(); drop table gate`);
  return both;
}

it('[B017] a print and an erasure at the same moment wait for each other: no name slips through', async () => {
  const name = '诸葛静';
  const [early, late] = [await aNamedPayer(service, name), await aNamedPayer(service, name)];
  const printed = (payer: NamedPayer) => prints(payer, name)[0] ?? ['', {}];
  const [paper] = await meeting(
    'printed_document',
    () => print(service, early.estate, printed(early)),
    () => erase(service, early.estate),
  );
  expect(await download(paper)).toMatchObject([404, { reason: 'FILE_ERASED' }]);
  const [, refused] = await meeting(
    'household_member',
    () => erase(service, late.estate),
    () => reasons(service, late.estate.cashier, ...printed(late)),
  );
  expect(refused).toEqual(['PAYER_ERASED']);
}, 120_000);
