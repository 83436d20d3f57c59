import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  aCustody,
  anActiveCustody,
  lookAtCustody,
  onCustody,
  refusedOnCustody,
  signCustody,
} from './custody-fixture.ts';
import { aFile, reasonsOf, residentOf, staffOf, toldOf } from './passes-fixture.ts';
import { aCompany, aHousehold, factsAfter, look, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

describe('a custody', () => {
  it('[A061] begins with agreement and readings, and names all that is missing at once', async () => {
    const kept = await aCustody(service, company);
    const { id, home } = kept;
    const start = () => refusedOnCustody(service, company.clerk, 'startCustody', { id });
    expect(reasonsOf(await start())).toEqual(['CUSTODY_AGREEMENT_MISSING A061', 'CUSTODY_READING_MISSING A061']);
    const asked = await lookAtCustody(service, company.clerk, id);
    const action = asked?.availableActions.find((one) => one.action === 'startCustody');
    expect(action).toMatchObject({ allowed: false, refusal: { violations: [{}, {}] } });
    await signCustody(service, company, kept);
    expect(reasonsOf(await start())).toEqual(['CUSTODY_READING_MISSING A061']);
    const reading = { id, waterM3: '100.5', electricityKwh: '2000' };
    await onCustody(service, company.clerk, 'recordCustodyReading', reading);
    const started = await onCustody(service, company.clerk, 'startCustody', { id });
    expect(started).toMatchObject({
      status: 'ACTIVE',
      startsOn: '2026-03-02',
      managementFeeShare: '0.70',
      waterUsedM3: '0',
      signatures: [{ role: 'HOUSEHOLD' }],
    });
    const { documents } = (await look(service, company.clerk, home.id)).file;
    expect(documents.map(({ kind }) => kind.code)).toEqual(['CUSTODY_AGREEMENT']);
    const again = await start();
    expect(again).toMatchObject({ code: 'CONFLICT', reason: 'ILLEGAL_TRANSITION', rule: 'A061' });
  });

  it('[A061] tells billing to charge 70 % of the management fee, from the first day to the last', async () => {
    const { id, home } = await anActiveCustody(service, company);
    const of = { custodyId: id, householdId: home.id, unitId: home.unitId, managementFeeShare: '0.70' };
    const begun = (await factsAfter(service, id, 0)).find(([type]) => type === 'custody.started.v1');
    expect(begun?.[1]).toEqual({ ...of, startsOn: '2026-03-02' });
    const ended = await onCustody(service, company.clerk, 'endCustody', { id, waterM3: '101', electricityKwh: '2001' });
    expect(ended).toMatchObject({ status: 'ENDED', endsOn: '2026-03-02', waterUsedM3: '0.5', electricityUsedKwh: '1' });
    expect(ended.patrols.map(({ status }) => status)).toEqual(['CANCELLED']);
    expect(ended.deadlines.map(({ state }) => state)).toEqual(['CANCELLED']);
    const over = (await factsAfter(service, id, 0)).find(([type]) => type === 'custody.ended.v1');
    expect(over?.[1]).toEqual({ ...of, startsOn: '2026-03-02', endsOn: '2026-03-02' });
    expect(
      await refusedOnCustody(service, company.clerk, 'endCustody', { id, waterM3: '101', electricityKwh: '1' }),
    ).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule: 'A061' });
  });

  it('[A061] charges the share that the community has set', async () => {
    const there = await aCompany(service);
    const figure = {
      communityId: there.communityId,
      policy: 'custody',
      key: 'managementFeeShare',
      value: 0.5,
      reason: '优惠',
    };
    await service.ok(there.director, mutation('setResidentsPolicy', 'figures { key }'), { input: figure });
    const { id } = await anActiveCustody(service, there);
    expect((await lookAtCustody(service, there.clerk, id))?.managementFeeShare).toBe('0.50');
  });

  it('[A061] is of a flat that the household owns, and one at a time', async () => {
    const { home } = await aCustody(service, company);
    const input = { householdId: home.id, unitId: home.unitId };
    expect(await refusedOnCustody(service, company.clerk, 'registerCustody', input)).toMatchObject({
      reason: 'CUSTODY_KNOWN',
      rule: 'A061',
    });
    const other = await aHousehold(service, company);
    const all = await refusedOnCustody(service, company.clerk, 'registerCustody', { ...input, householdId: other.id });
    expect(reasonsOf(all)).toEqual(['CUSTODY_KNOWN A061', 'UNIT_UNKNOWN A061']);
  });

  it('[A061] is given up by the owner before it begins', async () => {
    const { id, home } = await aCustody(service, company);
    const owner = residentOf(company, home.personId);
    const bad = await refusedOnCustody(service, owner, 'cancelCustody', { id, reasonCode: '不要' });
    expect(bad).toMatchObject({ reason: 'REASON_CODE_MALFORMED', rule: 'A061' });
    const cancelled = await onCustody(service, owner, 'cancelCustody', { id, reasonCode: 'OWNER_WITHDREW' });
    expect(cancelled.status).toBe('CANCELLED');
    await onCustody(service, company.clerk, 'registerCustody', { householdId: home.id, unitId: home.unitId });
    const stranger = residentOf(company, (await aHousehold(service, company)).personId);
    expect(await lookAtCustody(service, stranger, id)).toBeNull();
  });

  it('[A061] wants a signer of the household', async () => {
    const { id } = await aCustody(service, company);
    const signatureFileId = await aFile(service, company.clerk, company, 'SIGNATURE');
    const stranger = (await aHousehold(service, company)).personId;
    const refused = (naming: object) =>
      refusedOnCustody(service, company.clerk, 'signCustodyAgreement', { id, signatureFileId, ...naming });
    expect(await refused({})).toMatchObject({ reason: 'SIGNER_REQUIRED', rule: 'A061' });
    expect(await refused({ signerId: stranger })).toMatchObject({ reason: 'SIGNER_NOT_OF_HOUSEHOLD', rule: 'A061' });
  });
});

describe('recordCustodyReading', () => {
  it('[A061] tells owner and supervisor once when an empty flat uses more than the caps', async () => {
    const { id, home } = await anActiveCustody(service, company);
    const guard = staffOf(company, 'guard');
    const take = (waterM3: string, electricityKwh: string) =>
      onCustody(service, guard, 'recordCustodyReading', { id, waterM3, electricityKwh });
    expect(await take('105.5', '2020')).toMatchObject({ waterExceededAt: null, electricityExceededAt: null });
    const at = (await service.now()).toISOString();
    expect(await take('105.501', '2020')).toMatchObject({ waterUsedM3: '5.001', waterExceededAt: at });
    expect((await toldOf(service, id)).filter(({ template }) => template === 'custodyCapExceeded')).toMatchObject([
      { householdId: home.id, params: { meter: 'WATER', used: '5.001', cap: 5, rule: 'A061' } },
      { role: 'supervisor' },
    ]);
    await take('120', '2020.001');
    const facts = await factsAfter(service, id, 0);
    expect(facts.filter(([type]) => type === 'custody.cap-exceeded.v1').map(([, data]) => data)).toEqual([
      { custodyId: id, meter: 'WATER', used: '5.001', cap: 5 },
      { custodyId: id, meter: 'ELECTRICITY', used: '20.001', cap: 20 },
    ]);
  });

  it('[A061] refuses readings that are none, run backwards or lie out of time', async () => {
    const { id } = await anActiveCustody(service, company);
    const refused = (input: object) =>
      refusedOnCustody(service, company.clerk, 'recordCustodyReading', {
        id,
        waterM3: '101',
        electricityKwh: '2001',
        ...input,
      });
    expect(reasonsOf(await refused({ waterM3: '1.2345', electricityKwh: '1999.999' }))).toEqual([
      'CUSTODY_READING_BACKWARDS A061',
      'CUSTODY_READING_MALFORMED A061',
    ]);
    expect((await refused({ occurredAt: '2026-04-01T00:00:00Z' })).reason).toBe('IN_THE_FUTURE');
    expect(reasonsOf(await refused({ occurredAt: '2026-02-28T00:00:00Z' }))).toEqual([
      'OUT_OF_ORDER A061',
      'TOO_FAR_BACK A061',
    ]);
  });
});
