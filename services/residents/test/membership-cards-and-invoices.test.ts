import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { reasonsOf, toldOf } from './passes-fixture.ts';
import { acting, anUpload, residentOf, staffOf } from './procedure-fixture.ts';
import {
  aCompany,
  aHousehold,
  anOrganisation,
  aPerson,
  aUnit,
  enterHouseholds,
  factsAfter,
  startResidents,
  unique,
  type Company,
  type Entered,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;
let home: Entered;
let owner: Viewer;
let cashier: Viewer;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  home = await aHousehold(service, company);
  owner = residentOf(company, home);
  cashier = staffOf(company, 'cashier');
});
afterAll(() => service?.stop());

const day = 24 * 3_600_000;
const dayAfter = async (days: number): Promise<string> =>
  new Date((await service.now()).getTime() + 8 * 3_600_000 + days * day).toISOString().slice(0, 10);
const midnight = (date: string): Date => new Date(Date.parse(`${date}T00:00:00+08:00`));

type Card = {
  id: string;
  status: string;
  validTo: string | null;
  profile: string | null;
  deadlines: { kind: string; state: string; rule: string }[];
};
const cardFields = `id number tier status validTo profile person { id } organisation { id } reason { code }
  deadlines { kind state rule dueAt } availableActions { action allowed }`;
const cards = () => acting(service, 'membershipCard', cardFields);

const asked = (tier: string, more: object = {}) => ({
  communityId: company.communityId,
  tier,
  personId: home.personId,
  ...more,
});

async function lookAtCard(viewer: Viewer, id: string): Promise<Card | null> {
  const document = `query ($id: ID!) { membershipCard(id: $id) { ${cardFields} } }`;
  return (await service.ok<{ membershipCard: Card | null }>(viewer, document, { id })).membershipCard;
}

/** A household whose owner joined so many days ago. */
async function newcomer(days: number, more: object = {}): Promise<Entered> {
  const personId = newId();
  const since = await dayAfter(-days);
  const unit = await aUnit(service, company);
  const row = {
    number: unique('N'),
    holdings: [{ unitPath: unit.path, tenure: 'OWNED', validFrom: since }],
    members: [{ person: { id: personId, name: '王强' }, role: 'OWNER', validFrom: since }],
    ...more,
  };
  const [answer] = await enterHouseholds(service, company, [row]);
  return { id: answer?.household?.id ?? '', unitId: unit.id, unitPath: unit.path, personId };
}

async function issued(tier = 'MEMBER'): Promise<{ id: string; of: Entered; validTo: string }> {
  const of = await newcomer(400);
  const { id } = await cards().act<Card>(company.clerk, 'applyMembershipCard', asked(tier, { personId: of.personId }));
  const { validTo } = await cards().act<Card>(company.clerk, 'issueMembershipCard', { id });
  return { id, of, validTo: validTo ?? '' };
}

describe('membership cards', () => {
  it('[A302] are for members of thirty days, judged again when they are issued', async () => {
    const { act, refusal } = cards();
    const apply = (personId: string) => refusal(company.clerk, 'applyMembershipCard', asked('MEMBER', { personId }));
    expect(reasonsOf(await apply(await aPerson(service, company)))).toEqual(['NOT_A_MEMBER A302']);
    expect(reasonsOf(await apply((await newcomer(29)).personId))).toEqual(['MEMBERSHIP_TOO_SHORT A302']);
    expect(reasonsOf(await apply(newId()))).toEqual(['PERSON_UNKNOWN A302']);
    const both = asked('MEMBER', { organisationId: newId() });
    expect(reasonsOf(await refusal(company.clerk, 'applyMembershipCard', both))).toEqual(['APPLICANT_REQUIRED A302']);
    const edge = await newcomer(30);
    const itself = residentOf(company, edge);
    const { id } = await act<Card>(itself, 'applyMembershipCard', asked('MEMBER', { personId: edge.personId }));
    expect(reasonsOf(await apply(edge.personId))).toEqual(['CARD_HELD A302']);
    expect((await refusal(itself, 'issueMembershipCard', { id })).reason).toBe('ACCESS_DENIED');
    const card = await act<Card>(company.clerk, 'issueMembershipCard', { id });
    expect(card).toMatchObject({
      status: 'ACTIVE',
      validTo: await dayAfter(365),
      deadlines: [{ kind: 'MEMBERSHIP_CARD_DECISION', state: 'MET', rule: 'A302' }],
    });
    expect(await toldOf(service, id)).toMatchObject([{ template: 'membershipCardIssued' }]);
    expect(await lookAtCard(owner, id)).toBeNull();
    expect((await lookAtCard(itself, id))?.status).toBe('ACTIVE');
  });

  it('[A302] are decided within three working days, and refused for a reason', async () => {
    const { act, refusal } = cards();
    const of = await newcomer(100);
    const applied = await act<Card & { deadlines: { dueAt: string }[] }>(
      company.clerk,
      'applyMembershipCard',
      asked('MEMBER', { personId: of.personId }),
    );
    const { id } = applied;
    expect(applied.deadlines[0]).toMatchObject({ state: 'RUNNING' });
    const due = Date.parse(applied.deadlines[0]?.dueAt ?? '');
    // Three working days are three to seven days of the calendar, at midnight.
    expect(due - midnight(await dayAfter(4)).getTime()).toBeGreaterThanOrEqual(0);
    const bad = await refusal(company.clerk, 'refuseMembershipCard', { id, reasonCode: 'UNFRIENDLY' });
    expect([bad.reason, bad.rule]).toEqual(['REASON_UNKNOWN', 'A302']);
    const refused = await act(company.clerk, 'refuseMembershipCard', { id, reasonCode: 'PAPERS_NOT_GENUINE' });
    expect(refused).toMatchObject({
      status: 'REFUSED',
      reason: { code: 'PAPERS_NOT_GENUINE' },
      deadlines: [{ state: 'MET' }],
    });
    expect((await refusal(company.clerk, 'issueMembershipCard', { id })).reason).toBe('ILLEGAL_TRANSITION');
  });

  it('[A302] of bulk customers are for organisations with three units', async () => {
    const { act, refusal } = cards();
    const person = await refusal(company.clerk, 'applyMembershipCard', asked('BULK'));
    expect(reasonsOf(person)).toEqual(['BULK_NEEDS_ORGANISATION A302', 'TOO_FEW_UNITS A302']);
    const organisationId = await anOrganisation(service, company);
    const units = [await aUnit(service, company), await aUnit(service, company), await aUnit(service, company)];
    const since = '2025-01-01';
    const rowOf = (held: typeof units) => ({
      number: unique('F'),
      holdings: held.map(({ path }) => ({ unitPath: path, tenure: 'OWNED', validFrom: since })),
      members: [{ organisationId, role: 'OWNER', validFrom: since }],
    });
    await enterHouseholds(service, company, [rowOf(units.slice(0, 2))]);
    const firm = asked('BULK', { personId: null, organisationId });
    expect(reasonsOf(await refusal(company.clerk, 'applyMembershipCard', firm))).toEqual(['TOO_FEW_UNITS A302']);
    await enterHouseholds(service, company, [rowOf(units.slice(2))]);
    expect(await act(company.clerk, 'applyMembershipCard', firm)).toMatchObject({ status: 'APPLIED' });
  });

  it('[A309] of VIPs are for key accounts and members of a year, and have a file', async () => {
    const { act, refusal } = cards();
    const young = asked('VIP', { personId: (await newcomer(364)).personId });
    expect(reasonsOf(await refusal(company.clerk, 'applyMembershipCard', young))).toEqual([
      'MEMBERSHIP_TOO_SHORT A309',
    ]);
    const key = await newcomer(1, { isKeyAccount: true });
    await act(company.clerk, 'applyMembershipCard', asked('VIP', { personId: key.personId }));
    const { id } = await issued('VIP');
    const profile = '喜欢靠窗的位置，对花粉过敏';
    await act(company.clerk, 'updateMembershipCardProfile', { id, profile });
    expect((await lookAtCard(company.clerk, id))?.profile).toBe(profile);
    expect((await lookAtCard(cashier, id))?.profile).toBeNull();
    expect(JSON.stringify(await service.events())).not.toContain('花粉');
    const { id: plain } = await issued();
    const wrong = await refusal(company.clerk, 'updateMembershipCardProfile', { id: plain, profile: ' ' });
    expect(reasonsOf(wrong)).toEqual(['NO_VIP A309', 'TEXT_REQUIRED A309']);
  });

  it('[A302] end on their day unless they are renewed, which thirty days before they can be', async () => {
    const { act, refusal } = cards();
    const { id, of, validTo } = await issued();
    const renewable = midnight(validTo).getTime() - 30 * day;
    await service.move({ set: new Date(renewable - 1) });
    expect(reasonsOf(await refusal(company.clerk, 'renewMembershipCard', { id }))).toEqual(['NOT_YET_RENEWABLE A302']);
    expect((await toldOf(service, id)).map(({ template }) => template)).toEqual(['membershipCardIssued']);
    await service.move({ set: new Date(renewable) });
    expect((await toldOf(service, id)).at(-1)).toMatchObject({ template: 'membershipCardEnds', params: { validTo } });
    const renewed = await act<Card>(company.clerk, 'renewMembershipCard', { id });
    expect(midnight(renewed.validTo ?? '').getTime() - midnight(validTo).getTime()).toBe(365 * day);
    await service.move({ set: midnight(validTo) });
    expect((await lookAtCard(residentOf(company, of), id))?.status).toBe('ACTIVE');
    await service.move({ set: midnight(renewed.validTo ?? '') });
    expect((await lookAtCard(residentOf(company, of), id))?.status).toBe('EXPIRED');
    expect(await act(company.clerk, 'renewMembershipCard', { id })).toMatchObject({
      status: 'ACTIVE',
      validTo: await dayAfter(365),
    });
  });

  it('[A302] are given back by their holder', async () => {
    const { act, refusal } = cards();
    const { id, of } = await issued();
    const holder = residentOf(company, of);
    expect((await refusal(holder, 'endMembershipCard', { id, reasonCode: 'TIRED' })).reason).toBe('REASON_UNKNOWN');
    expect(await act(holder, 'endMembershipCard', { id, reasonCode: 'RETURNED' })).toMatchObject({ status: 'ENDED' });
    expect((await factsAfter(service, id, 0)).at(-1)?.[0]).toBe('membership-card.ended.v1');
  });
});

describe('applications for invoices', () => {
  const fields = `id status title taxNumber bankAccount total { amount currency } invoiceNumber invoice { name }
    purpose { code label } reason { code } deadlines { kind state dueAt } issuedAt`;
  type Invoice = { id: string; status: string; deadlines: { state: string; dueAt: string }[] };
  const invoices = () => acting(service, 'invoiceApplication', fields);
  const wanted = (more: object = {}) => ({
    communityId: company.communityId,
    kind: 'ORDINARY',
    householdId: home.id,
    title: '张伟',
    purposeCode: 'MANAGEMENT_FEE',
    amount: 120_000,
    ...more,
  });

  type Entry = { subjectId: string; what: { code: string; label: string }; details: object[] };
  /** What the household reads of an application, newest first. */
  async function timelineOf(id: string): Promise<Omit<Entry, 'subjectId'>[]> {
    await service.settle();
    const document = `query ($id: ID!) { household(id: $id) { timeline(first: 50) {
      nodes { subjectId what { code label } details { name value } } } } }`;
    type Read = { household: { timeline: { nodes: Entry[] } } };
    const { household } = await service.ok<Read>(owner, document, { id: home.id });
    return household.timeline.nodes
      .filter(({ subjectId }) => subjectId === id)
      .map(({ what, details }) => ({ what, details }));
  }

  it('[A309] name everything that is missing, and invoice a charge once', async () => {
    const { act, refusal } = invoices();
    const wrong = wanted({ kind: 'SPECIAL', householdId: newId(), title: ' ', amount: 0, taxNumber: '1' });
    expect(reasonsOf(await refusal(company.clerk, 'applyForInvoice', wrong))).toEqual([
      'AMOUNT_NOT_POSITIVE A309',
      'BANK_REQUIRED A309',
      'HOUSEHOLD_UNKNOWN A309',
      'SPECIAL_NEEDS_ORGANISATION A309',
      'TAX_NUMBER_MALFORMED A309',
      'TEXT_REQUIRED A309',
    ]);
    const chargeId = newId();
    const { id } = await act<Invoice>(company.clerk, 'applyForInvoice', wanted({ chargeId }));
    expect(reasonsOf(await refusal(company.clerk, 'applyForInvoice', wanted({ chargeId })))).toEqual([
      'CHARGE_INVOICED A309',
    ]);
    // Of a charge that is not theirs a resident learns nothing.
    const named = wanted({ chargeId });
    expect(reasonsOf(await refusal(owner, 'applyForInvoice', named))).toEqual(['CHARGE_BY_DESK A309']);
    expect(await act(owner, 'withdrawInvoiceApplication', { id })).toMatchObject({
      status: 'WITHDRAWN',
      deadlines: [{ state: 'CANCELLED' }],
    });
    expect(await act(company.clerk, 'applyForInvoice', wanted({ chargeId }))).toMatchObject({ status: 'REQUESTED' });
    const neighbour = residentOf(company, await aHousehold(service, company));
    expect((await refusal(neighbour, 'applyForInvoice', wanted())).reason).toBe('NOT_FOUND');
  });

  it('[A309] are issued by the cashier within two working days; the household is told and reads it', async () => {
    const { act, refusal } = invoices();
    const organisationId = await anOrganisation(service, company);
    const tax = { taxNumber: '91440101MA5CABCD1X', registeredAddress: '锦绣路 1 号', bankAccount: '工行 6222' };
    const special = wanted({ kind: 'SPECIAL', organisationId, title: '全家便利店', ...tax });
    const { id, deadlines } = await act<Invoice>(company.clerk, 'applyForInvoice', special);
    expect(deadlines).toMatchObject([{ kind: 'INVOICE', state: 'RUNNING' }]);
    expect(Date.parse(deadlines[0]?.dueAt ?? '')).toBeGreaterThanOrEqual(midnight(await dayAfter(3)).getTime());
    const invoiceNumber = unique('2644200');
    const input = { id, invoiceNumber, invoiceFileId: await anUpload(service, company, cashier, 'PAPER') };
    expect((await refusal(company.clerk, 'issueAppliedInvoice', input)).reason).toBe('ACCESS_DENIED');
    expect((await refusal(cashier, 'issueAppliedInvoice', { ...input, invoiceNumber: ' ' })).rule).toBe('A309');
    expect(await act(cashier, 'issueAppliedInvoice', input)).toMatchObject({
      status: 'ISSUED',
      title: '全家便利店',
      taxNumber: tax.taxNumber,
      purpose: { label: 'Management fee' },
      deadlines: [{ state: 'MET' }],
    });
    expect(await toldOf(service, id)).toMatchObject([{ template: 'invoiceApplicationIssued', householdId: home.id }]);
    const { id: other } = await act<Invoice>(company.clerk, 'applyForInvoice', wanted());
    const again = await refusal(cashier, 'issueAppliedInvoice', { ...input, id: other });
    expect([again.reason, again.rule]).toEqual(['INVOICE_NUMBER_KNOWN', 'A309']);
    const bad = await refusal(cashier, 'refuseInvoiceApplication', { id: other, reasonCode: 'NO' });
    expect([bad.reason, bad.rule]).toEqual(['REASON_UNKNOWN', 'A309']);
    expect(await act(cashier, 'refuseInvoiceApplication', { id: other, reasonCode: 'NOT_PAID' })).toMatchObject({
      status: 'REFUSED',
    });
    const document = 'query ($id: ID!) { invoiceApplication(id: $id) { invoice { name } } }';
    expect(await service.ok(owner, document, { id })).toMatchObject({ invoiceApplication: { invoice: {} } });
    const made = { code: 'INVOICE_APPLICATION_MADE', label: 'Invoice asked for' };
    expect(await timelineOf(id)).toMatchObject([
      { what: { code: 'INVOICE_APPLICATION_ISSUED' }, details: [] },
      { what: made, details: [{ value: 'SPECIAL' }, { value: 'MANAGEMENT_FEE' }] },
    ]);
    expect(await timelineOf(other)).toMatchObject([{ what: { code: 'INVOICE_APPLICATION_REFUSED' } }, {}]);
    const events = JSON.stringify(await service.events());
    expect([events.includes('全家便利店'), events.includes(tax.taxNumber)]).toEqual([false, false]);
  });
});
