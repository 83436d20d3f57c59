import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type pg from 'pg';

import { askAll, carryOut, type Question, type Told } from './ask-moves.ts';
import type { ServiceProcess } from './service-process.ts';

/** Who works at the counter. */
export type Desk = { role: 'cashier' | 'supervisor' | 'director'; viewer: Viewer };

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
  | 'moveMoney';

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
  refunds: { id: string }[];
  approved: { id: string }[];
  /** For each mutation the ids that were answered, once for each key. */
  done: Map<CounterMutation, string[]>;
};

export const newCounter = (tenantId: string): Counter => {
  const communityId = newId();
  const desk = (role: Desk['role']): Desk => {
    const staff = { actor: 'staff' as const, staffId: newId(), roles: [role], departments: [] };
    return { role, viewer: { sub: newId(), tenantId, ...staff, communityIds: [communityId], audience: 'billing' } };
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
  const empty = { accounts: [], meters: [], charges: [], payments: [], refunds: [], approved: [] };
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

/** Who lives where, and what electricity costs: other services and another desk would have told it. */
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
                         unit_usages, tax_rate, is_tax_included, document_number, document_issuer, document_issued_on,
                         valid_from, drafted_by, approved_by, approved_at)
     values (uuidv7(), $1, $2, 'DJ-1', 1, now(), 'APPROVED', 'ELECTRICITY', 'METER', 50, '[]', '{}', 0.06, false, 'D-1', 'city',
             '2019-01-01', '2019-01-01', 'one', 'another', now())`,
    [tenantId, communityId],
  );
}

/** Parties with flats and prepaid meters, and a till for each cashier. */
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
  for (const [index, { viewer }] of desks.filter(({ role }) => role === 'cashier').entries()) {
    const input = { communityId, book: `A0${index + 1}`, pieces: usualFloat };
    await must(service, viewer, 'openCashierSession', 'cashierSession { id }', input);
  }
}
