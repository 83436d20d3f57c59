import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aMoveIn, moveInActs, ownersPapers, readings, seeMoveIn } from './move-in-fixture.ts';
import { anUpload, onPaper, residentOf, settle, staffOf } from './procedure-fixture.ts';
import { aCompany, aHousehold, aUnit, factsAfter, look, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const fresh = async (applicantKind = 'OWNER') => {
  const home = await aHousehold(service, company);
  return { home, id: await aMoveIn(service, company, home, applicantKind) };
};

describe('openMoveIn', () => {
  it('[A001] opens one for a household and unit, with its owner and its clock', async () => {
    const { home, id } = await fresh();
    const seen = await seeMoveIn(service, company, id);
    expect(seen).toMatchObject({ status: 'OPEN', chargeState: 'NONE', readings: [], defects: [] });
    expect(seen.deadlines).toMatchObject([
      { kind: 'MOVE_IN_COMPLETION', rule: 'A060', state: 'RUNNING', dueAt: '2026-04-01T16:00:00.000Z' },
    ]);
    const input = { householdId: home.id, unitId: home.unitId, applicantKind: 'OWNER' };
    const again = await moveInActs(service).refusal(company.clerk, 'openMoveIn', input);
    expect(again).toMatchObject({ code: 'CONFLICT', reason: 'MOVE_IN_UNDER_WAY', rule: 'A001' });
    const facts = await factsAfter(service, id, 0);
    expect(facts[0]).toEqual([
      'move-in.opened.v1',
      expect.objectContaining({ moveInId: id, unitId: home.unitId, householdId: home.id, applicantKind: 'OWNER' }),
    ]);
  });

  it('[A050] refuses a unit that the household does not hold, and who is not of the desk', async () => {
    const home = await aHousehold(service, company);
    const unit = await aUnit(service, company);
    const input = { householdId: home.id, unitId: unit.id, applicantKind: 'OWNER' };
    const refusal = await moveInActs(service).refusal(company.clerk, 'openMoveIn', input);
    expect(refusal).toMatchObject({ reason: 'UNIT_NOT_HELD', rule: 'A050' });
    const denied = await moveInActs(service).refusal(staffOf(company, 'guard'), 'openMoveIn', input);
    expect(denied.reason).toBe('ACCESS_DENIED');
  });
});

describe('the papers of a move-in', () => {
  const papersOf = async (applicantKind: string) => {
    const { id } = await fresh(applicantKind);
    const { requiredPapers } = await seeMoveIn(service, company, id);
    return requiredPapers.map(({ kind, rule }) => [rule, kind.code]);
  };
  const signed = [
    ['A053', 'RESIDENT_REGISTER'],
    ['A053', 'MANAGEMENT_AGREEMENT'],
  ];
  const ownersThree = ownersPapers.slice(0, 3).map((code) => ['A050', code]);

  it('[A050] of an owner are identity card, notice and contract', async () => {
    expect(await papersOf('OWNER')).toEqual([...ownersThree, ...signed]);
  });

  it('[A051] of an agent are the power of attorney and both identity cards besides', async () => {
    const agents = [
      ['A051', 'POWER_OF_ATTORNEY'],
      ['A051', 'AGENT_IDENTITY_CARD'],
    ];
    expect(await papersOf('AGENT')).toEqual([...ownersThree, ...agents, ...signed]);
  });

  it('[A052] of a company are its certificate and a personal identity card besides', async () => {
    const companys = [
      ['A052', 'COMPANY_CERTIFICATE'],
      ['A052', 'REPRESENTATIVE_IDENTITY_CARD'],
    ];
    expect(await papersOf('COMPANY')).toEqual([...ownersThree, ...companys, ...signed]);
  });

  it('[A007] go into the file of the household with their scans', async () => {
    const { home, id } = await fresh();
    const fileId = await anUpload(service, company, company.clerk, 'PAPER');
    const papers = [{ kindCode: 'OWNER_IDENTITY_CARD', fileId }, { kindCode: 'MOVE_IN_NOTICE' }];
    await moveInActs(service).act(company.clerk, 'fileMoveInPapers', { id, papers });
    const seen = await seeMoveIn(service, company, id);
    expect(seen.papers.map(({ kind, scan }) => [kind.code, scan?.name ?? null])).toEqual([
      ['OWNER_IDENTITY_CARD', '签名'],
      ['MOVE_IN_NOTICE', null],
    ]);
    expect(seen.requiredPapers.filter(({ isFiled }) => isFiled)).toHaveLength(2);
    const { file } = await look(service, company.clerk, home.id);
    expect(file.documents.map(({ kind }) => kind.code)).toEqual(['OWNER_IDENTITY_CARD', 'MOVE_IN_NOTICE']);
    const filed = (await factsAfter(service, id, 0)).find(([type]) => type === 'move-in.papers-filed.v1');
    expect(filed?.[1]).toMatchObject({
      missingKindCodes: ['PURCHASE_CONTRACT', 'RESIDENT_REGISTER', 'MANAGEMENT_AGREEMENT'],
    });
  });

  it('[A050] names every paper that is not acceptable', async () => {
    const { id } = await fresh();
    const { refusal } = moveInActs(service);
    expect(await refusal(company.clerk, 'fileMoveInPapers', { id, papers: [] })).toMatchObject({
      reason: 'PAPERS_REQUIRED',
      rule: 'A050',
    });
    const papers = [{ kindCode: 'LOVE_LETTER' }, { kindCode: 'OTHER', receivedAt: '2030-01-01T00:00:00Z' }];
    const { violations } = await refusal(company.clerk, 'fileMoveInPapers', { id, papers });
    expect(violations.map(({ path, reason }) => [path, reason])).toEqual([
      ['input.papers.0.kindCode', 'DOCUMENT_KIND_UNKNOWN'],
      ['input.papers.1.receivedAt', 'IN_THE_FUTURE'],
    ]);
  });

  it('[B017] are not shown to those who do not deal with residents by name', async () => {
    const { id } = await fresh();
    const asked = 'query ($id: ID!) { moveIn(id: $id) { papers { kind { code } } } }';
    const denied = await service.refused(staffOf(company, 'guard'), asked, { id });
    expect(denied.extensions.reason).toBe('ACCESS_DENIED');
  });
});

describe('signMoveInAgreements', () => {
  it('[A053] needs the register form and the agreement, and the household signs once', async () => {
    const { home, id } = await fresh();
    const { act, refusal } = moveInActs(service);
    const { clerk } = company;
    const sign = { id, ...(await onPaper(service, company, clerk, home)) };
    const { violations } = await refusal(clerk, 'signMoveInAgreements', sign);
    expect(violations.map(({ reason, rule, path }) => [reason, rule, path])).toEqual([
      ['PAPER_MISSING', 'A053', 'papers.RESIDENT_REGISTER'],
      ['PAPER_MISSING', 'A053', 'papers.MANAGEMENT_AGREEMENT'],
    ]);
    const papers = [{ kindCode: 'RESIDENT_REGISTER' }, { kindCode: 'MANAGEMENT_AGREEMENT' }];
    await act(clerk, 'fileMoveInPapers', { id, papers });
    const { signatureFileId } = sign;
    const stranger = await aHousehold(service, company);
    const reasonOf = async (input: object) =>
      (await refusal(clerk, 'signMoveInAgreements', { id, signatureFileId, ...input })).reason;
    expect(await reasonOf({})).toBe('SIGNER_REQUIRED');
    expect(await reasonOf({ signerId: home.personId, signerName: '张伟' })).toBe('SIGNER_NAMED_TWICE');
    expect(await reasonOf({ signerId: stranger.personId })).toBe('SIGNER_NOT_OF_HOUSEHOLD');
    const owner = residentOf(company, home);
    const own = { id, signatureFileId: await anUpload(service, company, owner) };
    const named = await refusal(owner, 'signMoveInAgreements', { ...own, signerName: '张伟' });
    expect(named.reason).toBe('SIGNER_IS_CALLER');
    await act(owner, 'signMoveInAgreements', own);
    const seen = await seeMoveIn(service, company, id);
    expect(seen).toMatchObject({
      agreementsSignedAt: '2026-03-02T01:00:00.000Z',
      signatures: [{ role: 'AGREEMENTS', image: { name: '签名' } }],
    });
    expect(await refusal(clerk, 'signMoveInAgreements', sign)).toMatchObject({ reason: 'AGREEMENTS_SIGNED' });
  });
});

describe('confirmMoveInHandover', () => {
  it('[A054] takes keys, handbook and plan together, confirmed by both sides', async () => {
    const { home, id } = await fresh();
    const { act, refusal } = moveInActs(service);
    const signature = await onPaper(service, company, company.clerk, home);
    const little = { id, itemCodes: ['KEYS'], keyCount: 0, ...signature };
    const { violations } = await refusal(company.clerk, 'confirmMoveInHandover', little);
    expect(violations.map(({ reason, rule }) => [reason, rule])).toEqual([
      ['HANDOVER_ITEM_MISSING', 'A054'],
      ['HANDOVER_ITEM_MISSING', 'A054'],
      ['KEY_COUNT_REQUIRED', 'A054'],
    ]);
    const whole = { ...little, itemCodes: ['KEYS', 'HANDBOOK', 'UTILITY_PLAN'], keyCount: 3 };
    await act(company.clerk, 'confirmMoveInHandover', whole);
    const seen = await seeMoveIn(service, company, id);
    expect(seen).toMatchObject({ keyCount: 3, handedOverAt: '2026-03-02T01:00:00.000Z' });
    expect(seen.signatures.map(({ role }) => role).sort()).toEqual(['HANDOVER', 'PROPERTY']);
    expect(await refusal(company.clerk, 'confirmMoveInHandover', whole)).toMatchObject({ reason: 'HANDED_OVER' });
  });
});

describe('requestMoveInFee', () => {
  it('[A055] asks billing for the management fee, which its payment settles', async () => {
    const { home, id } = await fresh();
    const { act, refusal } = moveInActs(service);
    await act(staffOf(company, 'cashier'), 'requestMoveInFee', { id, startsOn: '2026-03-02' });
    const asked = (await factsAfter(service, id, 0)).find(([type]) => type === 'move-in.charge-requested.v1');
    expect(asked?.[1]).toEqual({
      moveInId: id,
      unitId: home.unitId,
      householdId: home.id,
      chargeTypeCode: 'MANAGEMENT_FEE',
      startsOn: '2026-03-02',
      rule: 'A055',
    });
    expect(await refusal(company.clerk, 'requestMoveInFee', { id, startsOn: '2026-03-02' })).toMatchObject({
      reason: 'CHARGE_REQUESTED',
      rule: 'A055',
    });
    await settle(service, company, { aggregateType: 'move-in', aggregateId: id }, 'MANAGEMENT_FEE');
    expect((await seeMoveIn(service, company, id)).chargeState).toBe('SETTLED');
  });
});

describe('recordMoveInReadings', () => {
  it('[A057] takes all three meters, confirmed by both sides', async () => {
    const { home, id } = await fresh();
    const { act, refusal } = moveInActs(service);
    const signature = await onPaper(service, company, company.clerk, home);
    const some = { id, readings: [{ meter: 'WATER', value: '-1' }], ...signature };
    const { violations } = await refusal(company.clerk, 'recordMoveInReadings', some);
    expect(violations.map(({ reason, rule }) => [reason, rule])).toEqual([
      ['READING_MISSING', 'A057'],
      ['READING_MISSING', 'A057'],
      ['READING_MALFORMED', 'A057'],
    ]);
    const twice = { ...some, readings: [...readings, { meter: 'GAS', value: '1' }] };
    expect((await refusal(company.clerk, 'recordMoveInReadings', twice)).reason).toBe('METER_REPEATED');
    await act(company.clerk, 'recordMoveInReadings', { id, readings, ...signature });
    const seen = await seeMoveIn(service, company, id);
    expect(seen.readings).toEqual([
      { meter: 'WATER', value: { value: '12.5', unit: 'm3' } },
      { meter: 'ELECTRICITY', value: { value: '103', unit: 'kWh' } },
      { meter: 'GAS', value: { value: '0.750', unit: 'm3' } },
    ]);
    expect(seen.signatures.map(({ role }) => role).sort()).toEqual(['PROPERTY', 'READINGS']);
    const again = await refusal(company.clerk, 'recordMoveInReadings', { id, readings, ...signature });
    expect(again.reason).toBe('READINGS_RECORDED');
  });
});
