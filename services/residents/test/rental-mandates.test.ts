import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chargeSettled } from '@steward/events';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { reasonsOf, toldOf } from './passes-fixture.ts';
import { acting, anUpload, onPaper, residentOf, settle, staffOf } from './procedure-fixture.ts';
import {
  aCompany,
  aHousehold,
  anOrganisation,
  aUnit,
  factsAfter,
  look,
  startResidents,
  type Company,
  type Entered,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;
let home: Entered;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  home = await aHousehold(service, company);
});
afterAll(() => service?.stop());

const mandates = () =>
  acting(
    service,
    'rentalMandate',
    `id number kind status commissionShare validTo asking { amount currency } developer { id } household { id }
     agreed { amount } commission { amount currency } commissionState contractFile { name } mandateFile { name }
     viewings { id kind status unit { id } } reason { code label } signatures { role }
     availableActions { action allowed }`,
  );

type Mandate = { id: string; status: string; validTo: string; viewings: { id: string }[]; commissionShare: string };

const day = 24 * 3_600_000;
const dayAfter = async (days: number): Promise<string> =>
  new Date((await service.now()).getTime() + 8 * 3_600_000 + days * day).toISOString().slice(0, 10);
const midnight = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);

const wanted = async (more: object = {}) => ({
  communityId: company.communityId,
  kind: 'RENTAL',
  unitId: home.unitId,
  householdId: home.id,
  askingAmount: 450_000,
  validTo: await dayAfter(180),
  ...more,
});

async function opened(more: object = {}): Promise<{ mandate: Mandate; of: Entered }> {
  const of = await aHousehold(service, company);
  const input = await wanted({ unitId: of.unitId, householdId: of.id, ...more });
  return { of, mandate: await mandates().act<Mandate>(company.clerk, 'openRentalMandate', input) };
}

const signing = async (of: Entered, viewer = company.clerk) => ({
  ...(await onPaper(service, company, viewer, of)),
  mandateFileId: await anUpload(service, company, viewer, 'PAPER'),
});

async function signed(more: object = {}): Promise<{ id: string; of: Entered; validTo: string }> {
  const { mandate, of } = await opened(more);
  const { validTo } = mandate;
  await mandates().act(company.clerk, 'signRentalMandate', { id: mandate.id, ...(await signing(of)) });
  return { id: mandate.id, of, validTo };
}

describe('a mandate of an owner', () => {
  it('[A226] names everything that is wrong with it at once', async () => {
    const { refusal, act } = mandates();
    const bad = { householdId: (await aHousehold(service, company)).id, askingAmount: 0, commissionShare: '0.51' };
    const wrong = await wanted({ ...bad, validTo: await dayAfter(0) });
    expect(reasonsOf(await refusal(company.clerk, 'openRentalMandate', wrong))).toEqual([
      'AMOUNT_NOT_POSITIVE A226',
      'COMMISSION_TOO_HIGH A226',
      'RANGE_EMPTY A226',
      'UNIT_NOT_OWNED A226',
    ]);
    const long = await wanted({ validTo: await dayAfter(366) });
    expect(reasonsOf(await refusal(company.clerk, 'openRentalMandate', long))).toEqual(['MANDATE_TOO_LONG A226']);
    const longest = await wanted({ validTo: await dayAfter(365) });
    expect(await act(company.clerk, 'openRentalMandate', longest)).toMatchObject({
      status: 'DRAFT',
      commissionShare: '0.5',
      asking: { amount: 450_000, currency: 'CNY' },
    });
    const again = await refusal(company.clerk, 'openRentalMandate', longest);
    expect([again.reason, again.rule]).toEqual(['UNIT_MANDATED', 'A226']);
    const sale = await wanted({ kind: 'SALE', askingAmount: 200_000_000 });
    expect(await act(company.clerk, 'openRentalMandate', sale)).toMatchObject({ commissionShare: '0.02' });
    const guard = staffOf(company, 'guard');
    expect((await refusal(guard, 'openRentalMandate', sale)).reason).toBe('ACCESS_DENIED');
  });

  it('[A226] holds by the owner’s signature alone, with terms that stay as they were signed', async () => {
    const { act, refusal } = mandates();
    const { mandate, of } = await opened();
    const { id } = mandate;
    const terms = { id, askingAmount: 420_000, commissionShare: '0.35', leastMonths: 12 };
    expect(await act(company.clerk, 'changeRentalMandateTerms', terms)).toMatchObject({ commissionShare: '0.35' });
    const early = await refusal(company.clerk, 'planRentalMandateViewing', { id, ...(await visitor()) });
    expect(early.reason).toBe('ILLEGAL_TRANSITION');
    const stranger = await aHousehold(service, company);
    const strange = { id, ...(await signing(stranger)) };
    expect(reasonsOf(await refusal(company.clerk, 'signRentalMandate', strange))).toEqual([
      'SIGNER_NOT_OF_HOUSEHOLD A226',
    ]);
    const owner = residentOf(company, of);
    const { signatureFileId, mandateFileId } = await signing(of, owner);
    const held = await act(owner, 'signRentalMandate', { id, signatureFileId, mandateFileId });
    expect(held).toMatchObject({
      status: 'ACTIVE',
      signatures: [{ role: 'PRINCIPAL' }],
      mandateFile: { name: '签名' },
    });
    const { documents } = (await look(service, company.clerk, of.id)).file;
    expect(documents.map(({ kind }) => kind.code)).toContain('RENTAL_MANDATE');
    expect((await refusal(company.clerk, 'changeRentalMandateTerms', terms)).reason).toBe('ILLEGAL_TRANSITION');
    const neighbour = residentOf(company, stranger);
    expect(await service.ok(neighbour, 'query ($id: ID!) { rentalMandate(id: $id) { id } }', { id })).toEqual({
      rentalMandate: null,
    });
  });

  const visitor = async (from = 1) => {
    const now = (await service.now()).getTime();
    const validFrom = new Date(now + from * 3_600_000);
    return { visitorName: '周杰', visitorCount: 2, validFrom, validTo: new Date(validFrom.getTime() + 3_600_000) };
  };

  it('[A226] shows the unit only in company of the staff, as long as it holds', async () => {
    const { act, refusal } = mandates();
    const { id, of, validTo } = await signed({ validTo: await dayAfter(2) });
    const shown = await act<Mandate>(company.clerk, 'planRentalMandateViewing', { id, ...(await visitor()) });
    expect(shown.viewings).toMatchObject([{ kind: 'VIEWING', status: 'PLANNED', unit: { id: of.unitId } }]);
    const hours = (midnight(validTo) - (await service.now()).getTime()) / 3_600_000;
    const late = await refusal(company.clerk, 'planRentalMandateViewing', { id, ...(await visitor(hours - 0.5)) });
    expect([late.reason, late.rule]).toEqual(['VIEWING_AFTER_MANDATE', 'A226']);
    const last = await act<Mandate>(company.clerk, 'planRentalMandateViewing', { id, ...(await visitor(hours - 1)) });
    expect(last.viewings).toHaveLength(2);
    expect(JSON.stringify(await service.events())).not.toContain('周杰');
  });

  it('[A226] closes with the contract, and asks billing for the commission', async () => {
    const { act, refusal } = mandates();
    const { id, of } = await signed();
    const supervisor = staffOf(company, 'supervisor');
    const contractFileId = await anUpload(service, company, supervisor, 'PAPER');
    const wrong = { id, agreedAmount: 0, concludedOn: await dayAfter(1), contractFileId };
    expect(reasonsOf(await refusal(supervisor, 'closeRentalMandate', wrong))).toEqual([
      'AMOUNT_NOT_POSITIVE A226',
      'IN_THE_FUTURE A226',
    ]);
    const before = { ...wrong, agreedAmount: 430_001, concludedOn: await dayAfter(-1) };
    expect(reasonsOf(await refusal(supervisor, 'closeRentalMandate', before))).toEqual(['BEFORE_MANDATE A226']);
    const contract = { ...before, concludedOn: await dayAfter(0) };
    expect((await refusal(company.clerk, 'closeRentalMandate', contract)).reason).toBe('ACCESS_DENIED');
    expect(await act(supervisor, 'closeRentalMandate', contract)).toMatchObject({
      status: 'CLOSED',
      agreed: { amount: 430_001 },
      // Half a month's rent, rounded once.
      commission: { amount: 215_001, currency: 'CNY' },
      commissionState: 'REQUESTED',
    });
    const asked = (await factsAfter(service, id, 0)).find(([type]) => type === 'rental-mandate.charge-requested.v1');
    expect(asked?.[1]).toMatchObject({
      householdId: of.id,
      developerId: null,
      chargeTypeCode: 'AGENCY_COMMISSION',
      fee: { amount: 215_001, currency: 'CNY' },
      rule: 'A226',
    });
    const cause = { aggregateType: 'rental-mandate', aggregateId: id };
    await settle(service, company, cause, 'AGENCY_COMMISSION');
    const document = 'query ($id: ID!) { rentalMandate(id: $id) { commissionState } }';
    expect(await service.ok(residentOf(company, of), document, { id })).toEqual({
      rentalMandate: { commissionState: 'SETTLED' },
    });
    expect((await refusal(supervisor, 'withdrawRentalMandate', { id, reasonCode: 'WITHDRAWN_BY_OWNER' })).reason).toBe(
      'ILLEGAL_TRANSITION',
    );
  });

  it('[A226] is reminded of fourteen days before it lapses, and lapses on its day', async () => {
    const { id, of, validTo } = await signed({ validTo: await dayAfter(20) });
    const statusOf = async () => {
      const document = 'query ($id: ID!) { rentalMandate(id: $id) { status } }';
      return (await service.ok<{ rentalMandate: Mandate }>(company.clerk, document, { id })).rentalMandate.status;
    };
    await service.move({ set: new Date(midnight(validTo) - 14 * day - 1) });
    expect(await toldOf(service, id)).toEqual([]);
    await service.move({ set: new Date(midnight(validTo) - 14 * day) });
    const told = await toldOf(service, id);
    expect(told.map(({ template, householdId, role }) => [template, householdId, role])).toEqual([
      ['mandateEnds', of.id, null],
      ['mandateEnds', null, 'supervisor'],
    ]);
    await service.move({ set: new Date(midnight(validTo) - 1) });
    expect(await statusOf()).toBe('ACTIVE');
    await service.move({ set: new Date(midnight(validTo)) });
    expect(await statusOf()).toBe('LAPSED');
    expect(
      (await mandates().refusal(company.clerk, 'planRentalMandateViewing', { id, ...(await visitor()) })).reason,
    ).toBe('ILLEGAL_TRANSITION');
  });

  it('[A226] is withdrawn by its owner, for a reason that is known, and lapses no more', async () => {
    const { act, refusal } = mandates();
    const { id, of, validTo } = await signed({ validTo: await dayAfter(3) });
    const owner = residentOf(company, of);
    const unknown = await refusal(owner, 'withdrawRentalMandate', { id, reasonCode: 'BORED' });
    expect([unknown.reason, unknown.rule]).toEqual(['REASON_UNKNOWN', 'A226']);
    const gone = await act(owner, 'withdrawRentalMandate', { id, reasonCode: 'CONCLUDED_ELSEWHERE' });
    expect(gone).toMatchObject({ status: 'WITHDRAWN', reason: { label: 'Concluded elsewhere' } });
    await service.move({ set: new Date(midnight(validTo)) });
    expect((await factsAfter(service, id, 0)).map(([type]) => type)).not.toContain('rental-mandate.lapsed.v1');
  });
});

describe('a mandate of the developer', () => {
  it('[A226] is for a vacant unit of theirs, signed on paper by whoever is named', async () => {
    const { act, refusal } = mandates();
    const developerId = await anOrganisation(service, company, { kind: 'DEVELOPER', name: '锦绣置业' });
    const merchant = await anOrganisation(service, company);
    const unit = await aUnit(service, company);
    const of = { householdId: null, developerId, unitId: unit.id };
    const sold = await refusal(company.clerk, 'openRentalMandate', await wanted({ ...of, unitId: home.unitId }));
    expect(reasonsOf(sold)).toEqual(['UNIT_NOT_VACANT A226']);
    const shop = await refusal(company.clerk, 'openRentalMandate', await wanted({ ...of, developerId: merchant }));
    expect(reasonsOf(shop)).toEqual(['DEVELOPER_UNKNOWN A226']);
    const nobody = await refusal(company.clerk, 'openRentalMandate', await wanted({ ...of, developerId: null }));
    expect(reasonsOf(nobody)).toEqual(['PRINCIPAL_REQUIRED A226']);
    const { id } = await act<Mandate>(company.clerk, 'openRentalMandate', await wanted(of));
    const { signatureFileId, mandateFileId } = await signing(home);
    const unnamed = await refusal(company.clerk, 'signRentalMandate', { id, signatureFileId, mandateFileId });
    expect(reasonsOf(unnamed)).toEqual(['SIGNER_REQUIRED A226']);
    const paper = { id, signatureFileId, mandateFileId, signerName: '陈总' };
    expect(await act(company.clerk, 'signRentalMandate', paper)).toMatchObject({
      status: 'ACTIVE',
      household: null,
      developer: { id: developerId },
    });
    const document = `{ rentalMandates(filter: { isDevelopers: true }) { nodes { id } totalCount } }`;
    expect(await service.ok(company.clerk, document)).toMatchObject({ rentalMandates: { nodes: [{ id }] } });
  });

  it('[A226] leaves charges of other procedures alone', async () => {
    const { id } = await signed();
    const { tenantId, communityId } = company;
    const data = {
      chargeId: newId(),
      communityId,
      unitId: null,
      householdId: null,
      chargeTypeCode: 'PAID_SERVICE',
      cause: { service: 'work-orders', aggregateType: 'rental-mandate', aggregateId: id },
      fee: { amount: 1, currency: 'CNY' },
      settledAt: '2026-03-02T02:00:00.000Z',
      receiptNumber: null,
    };
    await service.wire.send(chargeSettled, { tenantId, communityId, aggregateId: data.chargeId, data });
    await service.settle();
    const document = 'query ($id: ID!) { rentalMandate(id: $id) { commissionState } }';
    expect(await service.ok(company.clerk, document, { id })).toEqual({ rentalMandate: { commissionState: 'NONE' } });
  });
});
