import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

import { isId, newId } from '@steward/core';
import { personErased } from '@steward/events';
import { localFileStore, sealedFileStore } from '@steward/files';
import { createFieldCipher } from '@steward/service-kit';
import type { TestService } from '@steward/test-kit';
import { extractText } from 'unpdf';

import { doorItems } from '../src/domain/counter-policy.ts';
import { aCharge, act, anEstate, answer, anUpload, aPayment, aSession, list, type Estate } from './counter-fixture.ts';

const fieldKeys = `1:${randomBytes(32).toString('base64')}`;
const cipher = createFieldCipher(fieldKeys);

/** Settings by which a test can look into the service's files and open what it keeps sealed. */
export const openSettings = (directory: string): NodeJS.ProcessEnv => ({
  FILES_DIR: directory,
  FIELD_KEYS: fieldKeys,
});

/** Whose name stands on an invoice, an appointment at the door, a reminder, and in the names of proofs. */
export async function aNamedPayer(service: TestService, name: string) {
  const estate = await anEstate(service);
  await aSession(service, estate);
  const { id: chargeId } = await aCharge(service, estate, 2_000);
  const { communityId, billingAccountId, cashier, clerk } = estate;
  const voucher = await anUpload(service, cashier, communityId, 'DOCUMENT', `${name}的转账`);
  const { id: paymentId } = await aPayment(service, estate, 1_500, { proofFileIds: [voucher] });
  const invoice = { id: paymentId, amount: 1_000, title: name, taxNumber: '91110000123456789X' };
  await act(service, cashier, 'requestInvoice', invoice);
  const now = await service.now();
  const appointmentAt = new Date(now.getTime() + 6 * 3_600_000).toISOString();
  const appointment = { appointmentAt, collectorId: cashier.staffId, amount: 500 };
  const agreed = { communityId, billingAccountId, ...appointment, contactName: name, confirmed: doorItems };
  const { id: doorId } = await act(service, clerk, 'agreeDoorCollection', agreed);
  await service.move({ set: new Date(now.getTime() + 86_400_000) });
  const [listed] = await list<{ id: string }>(service, clerk, 'dunningCases', { communityId }, 'id');
  const caseId = listed?.id ?? '';
  const proof = await anUpload(service, clerk, communityId, 'DOCUMENT', `${name}的短信`);
  const told = { id: caseId, channel: 'PHONE', amount: 500, note: `${name}答应付款`, proofFileIds: [proof] };
  await act(service, clerk, 'remindDebtor', told);
  return { estate, chargeId, paymentId, doorId, caseId, voucher, proof };
}

export type NamedPayer = Awaited<ReturnType<typeof aNamedPayer>>;

export type Paper = { id: string; url: string };

type Print = [mutation: string, input: object];

/** Every kind of paper that there is of a payer, made out to nobody unless a name is given. */
export const prints = ({ estate, ...payer }: NamedPayer, name?: string): Print[] => {
  const made = name === undefined ? {} : { payerName: name };
  const { communityId, billingAccountId } = estate;
  return [
    ['printReceipt', { id: payer.paymentId, ...made }],
    ['printBill', { communityId, billingAccountId, ...made }],
    ['printServiceSlip', { id: payer.chargeId, ...made }],
    ['printFormalLetter', { id: payer.caseId, addressee: name ?? '' }],
  ];
};

export async function print(
  service: TestService,
  { cashier, clerk }: Estate,
  [mutation, input]: Print,
): Promise<Paper> {
  const viewer = mutation === 'printReceipt' ? cashier : clerk;
  type Printed = { document: { file: Paper } };
  return (await answer<Printed>(service, viewer, mutation, input, 'document { file { id url } }')).document.file;
}

/** What a PDF says; of what is none, its bytes as text. */
export async function textOf(bytes: Uint8Array): Promise<string> {
  const raw = Buffer.from(bytes).toString('utf8');
  const read = await extractText(bytes, { mergePages: true }).catch(() => ({ text: raw }));
  return read.text.replace(/\s+/g, ' ');
}

/** What the files of the store say, by their ids. */
export async function storedTexts(directory: string): Promise<Map<string, string>> {
  const store = sealedFileStore(await localFileStore(directory), cipher.fileKey);
  const names = await readdir(directory, { recursive: true });
  const texts = new Map<string, string>();
  for (const id of names.map((name) => path.basename(name)).filter(isId)) {
    const content = await store.get(id);
    if (content !== null) texts.set(id, await textOf(new Uint8Array(await buffer(content))));
  }
  return texts;
}

/** Columns of the service's whole database that say something, sealed ones opened. */
export async function columnsThatSay(service: TestService, words: RegExp): Promise<string[]> {
  const tables = await service.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found = new Set<string>();
  for (const { name } of tables) {
    const rows = await service.sql<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from "${name}" t`);
    for (const { row } of rows)
      for (const [column, value] of Object.entries(row)) {
        const isSealed = column.endsWith('_sealed') && typeof value === 'string';
        const text = isSealed ? cipher.open(String(row['tenant_id']), value) : JSON.stringify(value);
        if (words.test(text)) found.add(`${name}.${column}`);
      }
  }
  return [...found].toSorted();
}

/** Residents tell that a person is erased. */
export async function erase(
  service: TestService,
  { tenantId, communityId, personId }: Pick<Estate, 'tenantId' | 'communityId' | 'personId'>,
  vacatedHouseholdIds: string[] = [],
): Promise<void> {
  const data = { personId, erasureId: newId(), erasedAt: '2026-03-03T01:00:00.000Z', vacatedHouseholdIds };
  await service.wire.send(personErased, { tenantId, communityId, aggregateId: personId, data });
  await service.settle();
}
