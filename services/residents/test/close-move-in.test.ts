import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aMoveIn, moveInActs, prepared, recheckAll, repairAll, results, seeMoveIn } from './move-in-fixture.ts';
import { anUpload, onPaper, residentOf } from './procedure-fixture.ts';
import { aCompany, aHousehold, factsAfter, look, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

describe('closeMoveIn', () => {
  it('[A063] names everything that is missing at once, each with its rule', async () => {
    const home = await aHousehold(service, company);
    const id = await aMoveIn(service, company, home, 'AGENT');
    const { act, refusal } = moveInActs(service);
    const sign = { id, ...(await onPaper(service, company, company.clerk, home)) };
    expect(await refusal(company.clerk, 'closeMoveIn', sign)).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      rule: 'A060',
    });
    await act(company.clerk, 'inspectMoveIn', { id, items: results() });
    const refused = await refusal(company.clerk, 'closeMoveIn', sign);
    expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'MOVE_IN_INCOMPLETE', rule: 'A063' });
    expect(refused.violations.map(({ path, rule }) => [rule, path])).toEqual([
      ['A050', 'papers.OWNER_IDENTITY_CARD'],
      ['A050', 'papers.MOVE_IN_NOTICE'],
      ['A050', 'papers.PURCHASE_CONTRACT'],
      ['A051', 'papers.POWER_OF_ATTORNEY'],
      ['A051', 'papers.AGENT_IDENTITY_CARD'],
      ['A053', 'papers.RESIDENT_REGISTER'],
      ['A053', 'papers.MANAGEMENT_AGREEMENT'],
      ['A053', 'agreements'],
      ['A054', 'handover'],
      ['A055', 'fee'],
      ['A057', 'readings'],
    ]);
    expect(refused.violations.every(({ message, reason }) => message !== reason)).toBe(true);
  });

  it('[A063] asks the archive for its papers even where a community needs fewer at the desk', async () => {
    const home = await aHousehold(service, company);
    const figure = {
      communityId: company.communityId,
      policy: 'move-in-papers',
      key: 'everybody',
      value: ['PURCHASE_CONTRACT'],
      reason: '交房现场已核验',
    };
    const set = 'mutation ($input: SetResidentsPolicyInput!) { setResidentsPolicy(input: $input) { figures { key } } }';
    await service.ok(company.director, set, { input: figure });
    const id = await aMoveIn(service, company, home);
    const { requiredPapers } = await seeMoveIn(service, company, id);
    expect(requiredPapers.map(({ kind, rule }) => [rule, kind.code])).toEqual([
      ['A050', 'PURCHASE_CONTRACT'],
      ['A053', 'RESIDENT_REGISTER'],
      ['A053', 'MANAGEMENT_AGREEMENT'],
      ['A063', 'MOVE_IN_NOTICE'],
      ['A063', 'OWNER_IDENTITY_CARD'],
    ]);
  });

  it('[A060] closes by the owner’s signature, after the repair of every defect', async () => {
    const home = await aHousehold(service, company);
    const id = await aMoveIn(service, company, home);
    const { act, refusal } = moveInActs(service);
    await prepared(service, company, home, id);
    await act(company.clerk, 'inspectMoveIn', { id, items: results('GAS') });
    await repairAll(service, company, home, id);
    await recheckAll(service, company, id);
    await act(company.clerk, 'appointMoveInReacceptance', { id, at: '2026-03-03T02:00:00.000Z' });
    await act(company.clerk, 'reacceptMoveIn', { id, items: [{ code: 'GAS', result: 'PASS' }] });
    const owner = residentOf(company, home);
    const neighbour = residentOf(company, await aHousehold(service, company));
    const sign = { id, signatureFileId: await anUpload(service, company, owner) };
    expect((await refusal(neighbour, 'closeMoveIn', sign)).reason).toBe('NOT_FOUND');
    await act(owner, 'closeMoveIn', sign);
    const seen = await seeMoveIn(service, company, id);
    expect(seen.status).toBe('CLOSED');
    expect(seen.signatures.at(-1)).toEqual({ role: 'HOUSEHOLD', image: { name: '签名' } });
    expect(seen.deadlines.map(({ kind, state }) => [kind, state])).toEqual([
      ['MOVE_IN_COMPLETION', 'MET'],
      ['MOVE_IN_REAPPOINTMENT', 'MET'],
      ['MOVE_IN_REACCEPTANCE', 'MET'],
    ]);
    expect(seen.history.nodes[0]).toEqual({ action: 'closeMoveIn', rule: 'A060' });
    expect(seen.availableActions.every(({ allowed }) => !allowed)).toBe(true);
    expect((await look(service, company.clerk, home.id)).file.isComplete).toBe(true);
    const closed = (await factsAfter(service, id, 0)).find(([type]) => type === 'move-in.closed.v1');
    expect(closed?.[1]).toMatchObject({ moveInId: id, unitId: home.unitId, householdId: home.id });
  });
});

describe('cancelMoveIn', () => {
  it('[A001] gives it up with a reason, and nothing is due any more', async () => {
    const home = await aHousehold(service, company);
    const id = await aMoveIn(service, company, home);
    const { act, refusal } = moveInActs(service);
    expect((await refusal(company.clerk, 'cancelMoveIn', { id, reasonCode: 'BORED' })).reason).toBe('REASON_UNKNOWN');
    await act(company.clerk, 'cancelMoveIn', { id, reasonCode: 'SALE_CANCELLED' });
    const seen = await seeMoveIn(service, company, id);
    expect([seen.status, seen.deadlines[0]?.state]).toEqual(['CANCELLED', 'CANCELLED']);
    await aMoveIn(service, company, home);
  });
});
