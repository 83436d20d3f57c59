import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type pg from 'pg';

import { askAll, carryOut, type Question, type Told } from './ask-moves.ts';
import type { ServiceProcess } from './service-process.ts';

/** A till of a cashier, with how far its shift is by the answers; what was counted, once it was. */
export type Till = {
  book: string;
  sessionId: string;
  status: 'OPEN' | 'COUNTED' | 'DROPPED';
  counted: number;
  floatLeft: number;
};

/** Who works at the counter; with the files that they have uploaded, since nobody attaches those of another. */
export type Desk = {
  role: 'cashier' | 'supervisor' | 'director';
  viewer: Viewer;
  till: Till | null;
  proofId: string;
  signatureId: string;
};

export type CounterMutation =
  | 'recordPayment'
  | 'applyAdvance'
  | 'voidPayment'
  | 'requestRefund'
  | 'decideRefund'
  | 'withdrawRefund'
  | 'payRefund'
  | 'reverseCharge'
  | 'topUpMeter'
  | 'readMeter'
  | 'printReceipt'
  | 'moveMoney'
  | 'clearMeans'
  | 'bounceMeans'
  | 'startChargeRun'
  | 'postChargeRun'
  | 'discardChargeRun'
  | 'reverseChargeRun'
  | 'openCashierSession'
  | 'countTill'
  | 'dropCash'
  | 'handInCash'
  | 'recordSafeMovement'
  | 'decideSafeMovement';

/** A prepaid meter, with what was asked to be read of it last. */
export type ReadMeter = { id: string; day: number; value: number };

/** A community with a counter: what is there to be asked for, and what was answered. */
export type Counter = {
  communityId: string;
  desks: Desk[];
  accounts: string[];
  meters: ReadMeter[];
  charges: { id: string; billingAccountId: string; amount: number; isDeposit: boolean }[];
  payments: { id: string }[];
  /** Payments whose money comes later. */
  promises: { id: string; means: string; amount: number }[];
  runs: { id: string }[];
  /** Shifts whose bag is to be handed in. */
  bags: { id: string }[];
  /** Cash between bank and safe, until another hand says that it arrived. */
  movements: { id: string }[];
  refunds: { id: string }[];
  approved: { id: string }[];
  /** For each mutation the ids that were answered, once for each key. */
  done: Map<CounterMutation, string[]>;
};

export const newCounter = (tenantId: string): Counter => {
  const communityId = newId();
  const desk = (role: Desk['role']): Desk => {
    const staff = { actor: 'staff' as const, staffId: newId(), roles: [role], departments: [] };
    const viewer = { sub: newId(), tenantId, ...staff, communityIds: [communityId], audience: 'billing' };
    return { role, viewer, till: null, proofId: '', signatureId: '' };
  };
  const roles = [
    'cashier',
    'cashier',
    'cashier',
    'cashier',
    'supervisor',
    'supervisor',
    'director',
    'director',
  ] as const;
  const lists = { accounts: [], meters: [], charges: [], payments: [], promises: [], refunds: [], approved: [] };
  const empty = { ...lists, runs: [], bags: [], movements: [] };
  return { communityId, desks: roles.map(desk), ...empty, done: new Map() };
};

/** The day from which the meters count. */
export const installedOn = '2020-01-01';

/** Few parties, so that those who work at once meet. */
const parties = 6;
const usualFloat = [{ denomination: 10_000, count: 5 }];

async function must(service: ServiceProcess, viewer: Viewer, mutation: string, selection: string, input: object) {
  const question: Question = { mutation, selection, input: { ...input, idempotencyKey: newId() } };
  const [told] = (await askAll(service, [question], viewer)) as [Told];
  if (told.answer === null) throw new Error(`${mutation} was refused: ${told.reason}`);
  return told.answer;
}

/** Who lives where, and what electricity and management cost: other services and another desk would have told it. */
async function lodge(admin: pg.Client, { communityId }: Counter, tenantId: string, flats: object): Promise<void> {
  await admin.query(
    `insert into unit_reference (id, tenant_id, community_id, kind, path, building_path, usage)
     select key::uuid, $1, $2, 'UNIT', '1/' || key, '1', 'RESIDENTIAL' from jsonb_each_text($3)`,
    [tenantId, communityId, flats],
  );
  await admin.query(
    `insert into unit_liability (id, tenant_id, community_id, holding_id, unit_id, household_id, billing_account_id, tenure, valid_from)
     select uuidv7(), $1, $2, uuidv7(), key::uuid, uuidv7(), value::uuid, 'OWNED', '2019-01-01' from jsonb_each_text($3)`,
    [tenantId, communityId, flats],
  );
  await admin.query(
    `insert into tariff (id, tenant_id, community_id, number, version, created_at, status, charge_type_code, method, rate, tiers,
                         tier_span, unit_usages, tax_rate, is_tax_included, document_number, document_issuer, document_issued_on,
                         valid_from, drafted_by, approved_by, approved_at)
     select uuidv7(), $1, $2, code, 1, now(), 'APPROVED', code, method, rate, '[]', 'MONTH', '{}', 0.06, false, 'D-1', 'city',
            '2019-01-01', '2019-01-01', 'one', 'another', now()
       from (values ('ELECTRICITY', 'METER', 50), ('MANAGEMENT_FEE', 'FIXED', 1733)) as t(code, method, rate)`,
    [tenantId, communityId],
  );
}

/** The smallest proof and the picture of a signature. */
const papers = {
  DOCUMENT: { contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.4 proof') },
  SIGNATURE: {
    contentType: 'image/png',
    bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]),
  },
};

/** A file of somebody's own; answers its id. */
async function upload(
  service: ServiceProcess,
  viewer: Viewer,
  communityId: string,
  purpose: keyof typeof papers,
): Promise<string> {
  const { contentType, bytes } = papers[purpose];
  const input = { communityId, purpose, fileName: 'proof', contentType, bytes: bytes.length };
  const answer = await must(service, viewer, 'createBillingUpload', 'upload { fileId uploadUrl }', input);
  const { fileId, uploadUrl } = (answer as { upload: { fileId: string; uploadUrl: string } }).upload;
  await service.put(uploadUrl, bytes, contentType);
  return fileId;
}

/** Enough for the floats of some shifts, brought by one and counted by another. */
const safeAmount = 600_000;

async function fillSafe(service: ServiceProcess, { communityId, desks, done }: Counter): Promise<void> {
  const [brings, counts] = desks.filter(({ role }) => role === 'supervisor') as [Desk, Desk];
  const drawn = {
    communityId,
    direction: 'TO_SAFE',
    amount: safeAmount,
    reference: 'CK 1',
    proofFileIds: [brings.proofId],
  };
  const answer = await must(service, brings.viewer, 'recordSafeMovement', 'safeMovement { id }', drawn);
  const { id } = (answer as { safeMovement: { id: string } }).safeMovement;
  await must(service, counts.viewer, 'decideSafeMovement', 'safeMovement { id }', { id, isConfirmed: true });
  done.set('recordSafeMovement', [id]);
  done.set('decideSafeMovement', [id]);
}

async function openTill(service: ServiceProcess, { communityId, done }: Counter, desk: Desk, book: string) {
  const input = { communityId, book, pieces: usualFloat };
  const answer = await must(service, desk.viewer, 'openCashierSession', 'cashierSession { id }', input);
  const { id: sessionId } = (answer as { cashierSession: { id: string } }).cashierSession;
  desk.till = { book, sessionId, status: 'OPEN', counted: 0, floatLeft: 0 };
  done.set('openCashierSession', [...(done.get('openCashierSession') ?? []), sessionId]);
}

/** Parties with flats and prepaid meters, a till for each cashier, and for everybody something to prove things with. */
export async function openCounter(
  admin: pg.Client,
  service: ServiceProcess,
  counter: Counter,
  tenantId: string,
): Promise<void> {
  const { communityId, desks, accounts, meters } = counter;
  const flats: Record<string, string> = {};
  for (let index = 0; index < parties; index += 1) {
    const move = { kind: 'sell' as const, unitId: newId() };
    const { moved } = await carryOut(service, { communityId, idempotencyKey: newId(), move });
    flats[move.unitId] = moved?.billingAccountId ?? '';
  }
  accounts.push(...Object.values(flats));
  await lodge(admin, counter, tenantId, flats);
  const supervisor = desks.find(({ role }) => role === 'supervisor') as Desk;
  for (const [index, unitId] of Object.keys(flats).slice(0, 3).entries()) {
    const plate = { communityId, unitId, number: `E-${index}`, kind: 'ELECTRICITY', digits: 8 };
    const input = { ...plate, isPrepaid: true, baseValue: '0', installedOn };
    const answer = await must(service, supervisor.viewer, 'registerMeter', 'meter { id }', input);
    meters.push({ id: (answer as { meter: { id: string } }).meter.id, day: 0, value: 0 });
  }
  for (const desk of desks) {
    desk.proofId = await upload(service, desk.viewer, communityId, 'DOCUMENT');
    desk.signatureId = await upload(service, desk.viewer, communityId, 'SIGNATURE');
  }
  await fillSafe(service, counter);
  for (const [index, desk] of desks.filter(({ role }) => role === 'cashier').entries())
    await openTill(service, counter, desk, `A0${index + 1}`);
}
