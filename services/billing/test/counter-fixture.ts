import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { confirmationItems } from '../src/domain/counter-policy.ts';
import type { Estate } from './billing-fixture.ts';

export * from './billing-fixture.ts';
export { aCharge, askDecorationSum, chargesFor } from './ledger-fixture.ts';

const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const payloads: Record<string, string> = {
  Payment: 'payment',
  Receipt: 'payment',
  Invoice: 'payment',
  DoorCollection: 'doorCollection',
  AtDoor: 'doorCollection',
  CashierSession: 'cashierSession',
  Till: 'cashierSession',
  Cash: 'cashierSession',
  Shortage: 'cashierSession',
  Loan: 'cashierSession',
  Safe: 'safeCheck',
  SafeMovement: 'safeMovement',
  Expenditure: 'expenditure',
  CashMonth: 'cashMonth',
  Refund: 'refund',
  ExpenseClaim: 'expenseClaim',
  Cause: 'dunningCase',
  Debtor: 'dunningCase',
  Letter: 'dunningCase',
  Legal: 'dunningCase',
  Advance: 'billingAccount',
  Bill: 'billingAccount',
  ProviderPayment: 'providerPayment',
};

/** What a mutation answers, by the longest ending that is known. */
const payloadOf = (mutation: string): string =>
  Object.entries(payloads)
    .filter(([ending]) => mutation.endsWith(ending))
    .sort(([one], [other]) => other.length - one.length)[0]?.[1] ?? '';

const document = (mutation: string, selection: string): string =>
  `mutation ($input: ${capital(mutation)}Input!) { ${mutation}(input: $input) { ${selection} } }`;

/** Runs a mutation of the counter and answers its aggregate. */
export async function act<T = { id: string; status: string; version: number }>(
  service: TestService,
  viewer: Viewer,
  mutation: string,
  input: object,
  selection = 'id version',
): Promise<T> {
  const payload = payloadOf(mutation);
  const text = document(mutation, `${payload} { ${selection} }`);
  const data = await service.ok<Record<string, Record<string, T>>>(viewer, text, { input });
  return data[mutation]?.[payload] as T;
}

/** Everything that a mutation answers. */
export async function answer<T>(
  service: TestService,
  viewer: Viewer,
  mutation: string,
  input: object,
  selection: string,
) {
  const data = await service.ok<Record<string, T>>(viewer, document(mutation, selection), { input });
  return data[mutation] as T;
}

/** Why a mutation is refused: the reason, or every reason where there are several. */
export async function reasons(
  service: TestService,
  viewer: Viewer,
  mutation: string,
  input: object,
): Promise<string[]> {
  const { extensions } = await service.refused(viewer, document(mutation, '__typename'), { input });
  const { reason, violations } = extensions;
  return violations.length > 1 ? violations.map((violation) => violation.reason) : [reason];
}

/** Some fields of an aggregate, as the viewer sees them. */
export async function see<T>(
  service: TestService,
  viewer: Viewer,
  type: string,
  id: string,
  selection: string,
): Promise<T> {
  const query = `query ($id: ID!) { ${type}(id: $id) { ${selection} } }`;
  const found = (await service.ok<Record<string, T | null>>(viewer, query, { id }))[type];
  if (found == null) throw new Error(`the ${type} is not visible`);
  return found;
}

/** All of a list, as the viewer sees it. */
export async function list<T>(
  service: TestService,
  viewer: Viewer,
  type: string,
  filter: object,
  selection: string,
): Promise<T[]> {
  const singular = type === 'safeChecks' ? 'SafeCheck' : capital(type.replace(/s$/, ''));
  const query = `query ($filter: ${singular}Filter) { ${type}(filter: $filter, first: 100) { nodes { ${selection} } } }`;
  return (await service.ok<Record<string, { nodes: T[] }>>(viewer, query, { filter }))[type]?.nodes ?? [];
}

/** The smallest PDF that passes for one, and a picture of a signature. */
const contents = {
  DOCUMENT: { type: 'application/pdf', bytes: Buffer.from('%PDF-1.4 proof') },
  SIGNATURE: { type: 'image/png', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]) },
};

/** Uploads a proof or a signature; answers its id. */
export async function anUpload(
  service: TestService,
  viewer: Viewer,
  communityId: string,
  purpose: keyof typeof contents = 'DOCUMENT',
  fileName = 'beleg',
): Promise<string> {
  const { type: contentType, bytes } = contents[purpose];
  const input = { communityId, purpose, fileName, contentType, bytes: bytes.length };
  type Answer = { upload: { fileId: string; uploadUrl: string } };
  const { upload } = await answer<Answer>(service, viewer, 'createBillingUpload', input, 'upload { fileId uploadUrl }');
  const put = await fetch(`${service.url()}${upload.uploadUrl}`, {
    method: 'PUT',
    body: bytes,
    headers: { 'content-type': contentType },
  });
  if (!put.ok) throw new Error(`the upload was refused: ${put.status}`);
  return upload.fileId;
}

/** 500 yuan in notes: the usual float. */
export const usualFloat = [{ denomination: 10_000, count: 5 }];

/** Notes and coins for an amount, the largest first. */
export function pieces(amount: number): { denomination: number; count: number }[] {
  let left = amount;
  return [10_000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 2, 1].flatMap((denomination) => {
    const count = Math.floor(left / denomination);
    left -= count * denomination;
    return count === 0 ? [] : [{ denomination, count }];
  });
}

/** What `aSession` has drawn from the bank for its float. */
export const drawnForFloat = 50_000;

/** Cash from the bank in the safe, brought by one and counted by another. */
export async function fillSafe(service: TestService, estate: Estate, amount = drawnForFloat): Promise<void> {
  const { communityId, cashier, supervisor } = estate;
  const proofFileIds = [await anUpload(service, cashier, communityId)];
  const drawn = { communityId, direction: 'TO_SAFE', amount, reference: 'CK 1', proofFileIds };
  const { id } = await act(service, cashier, 'recordSafeMovement', drawn);
  await act(service, supervisor, 'decideSafeMovement', { id, isConfirmed: true });
}

/** A shift of the estate's cashier, its float from the safe. */
export async function aSession(service: TestService, estate: Estate, book = 'A01'): Promise<{ id: string }> {
  await fillSafe(service, estate);
  const { communityId, cashier } = estate;
  return act(service, cashier, 'openCashierSession', { communityId, book, pieces: usualFloat });
}

export const aPaymentInput = (estate: Estate, amount: number, overrides: object = {}): object => ({
  communityId: estate.communityId,
  billingAccountId: estate.billingAccountId,
  means: 'CASH',
  amount,
  tendered: amount,
  confirmed: confirmationItems,
  ...overrides,
});

/** A payment in cash unless told otherwise. */
export const aPayment = (
  service: TestService,
  estate: Estate,
  amount: number,
  overrides: object = {},
): Promise<{ id: string }> => act(service, estate.cashier, 'recordPayment', aPaymentInput(estate, amount, overrides));

/** What was told about an aggregate, oldest first. */
export async function factsOf(
  service: TestService,
  id: string,
): Promise<[fact: string, data: Record<string, unknown>][]> {
  const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === id);
  return facts.map(({ type, data }) => [type.split('.')[3] ?? '', data]);
}

/** Whom a template was told to about an aggregate. */
export const toldBy = async (service: TestService, id: string, template: string): Promise<(string | null)[]> =>
  (
    await service.sql<{ role: string | null }>(
      'select role from notification where aggregate_id = $1 and template = $2 order by id',
      [id, template],
    )
  ).map(({ role }) => role);

/** The balance of a ledger account of a community by its type, debit positive; of one reference if given. */
export async function balance(
  service: TestService,
  communityId: string,
  type: string,
  referenceId?: string,
): Promise<number> {
  const [found] = await service.sql<{ sum: string }>(
    `select coalesce(sum(p.amount), 0) as sum from ledger_posting p join ledger_account a on a.id = p.account_id
      where a.community_id = $1 and a.type = $2 and ($3::uuid is null or a.reference_id = $3)`,
    [communityId, type, referenceId ?? null],
  );
  return Number(found?.sum ?? 0);
}

/** Checks of the books that differ, and findings, when they are compared now. */
export async function bookFaults(service: TestService, { communityId, clerk }: Estate): Promise<object[]> {
  type Check = { book: string; bookAmount: { amount: number }; ledgerAmount: { amount: number } };
  type Answer = { bookReconciliation: { checks: Check[]; findings: object[] } };
  const compared = 'checks { book bookAmount { amount } ledgerAmount { amount } } findings { finding }';
  const selection = `bookReconciliation { ${compared} }`;
  const { bookReconciliation } = await answer<Answer>(service, clerk, 'reconcileBooks', { communityId }, selection);
  const { checks, findings } = bookReconciliation;
  const differing = checks.filter((check) => check.bookAmount.amount !== check.ledgerAmount.amount);
  return [...differing, ...findings, ...(checks.some(({ book }) => book === 'SAFE') ? [] : [{ missing: 'SAFE' }])];
}

export type Clock = { kind: string; dueAt: string; state: string; metAt: string | null };
export const clock = 'deadlines { kind dueAt state metAt }';
