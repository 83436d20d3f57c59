import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  anEstate,
  aPermit,
  apply,
  aScan,
  giveBack,
  look,
  paid,
  permitted,
  refusal,
  type Estate,
} from './decoration-fixture.ts';
import { aPerson, startResidents } from './residents-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startResidents();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const check = (id: string, overrides: object = {}) =>
  act(service, estate.fitter, 'recordDecorationCompletionCheck', { id, isPassed: true, ...overrides });

const refundsOf = async (id: string) =>
  (await service.events('steward.residents.decoration.refund-requested.v1'))
    .filter(({ aggregateId }) => aggregateId === id)
    .map(({ data }) => data);

describe('recordDecorationCompletionCheck', () => {
  it('[A225] [A250] is asked for, may fail with findings, and asks the deposit back when it passed', async () => {
    const id = await permitted(service, estate);
    const early = { id, isPassed: true };
    expect(await refusal(service, estate.fitter, 'recordDecorationCompletionCheck', early)).toMatchObject({
      reason: 'COMPLETION_NOT_REQUESTED',
      rule: 'A225',
    });
    await act(service, estate.owner, 'requestDecorationCompletionCheck', { id });
    expect(await refusal(service, estate.owner, 'requestDecorationCompletionCheck', { id })).toMatchObject({
      reason: 'COMPLETION_REQUESTED',
    });
    const silent = { id, isPassed: false, findings: ' ' };
    expect(await refusal(service, estate.fitter, 'recordDecorationCompletionCheck', silent)).toMatchObject({
      violations: ['FINDINGS_REQUIRED/A225'],
    });
    await check(id, { isPassed: false, findings: '防水未做闭水试验' });
    expect(await look(service, estate.owner, id)).toMatchObject({ status: 'PERMITTED', depositState: 'SETTLED' });
    await act(service, estate.owner, 'requestDecorationCompletionCheck', { id });
    await check(id);
    const done = await look(service, estate.owner, id);
    expect(done).toMatchObject({
      status: 'COMPLETED',
      depositState: 'REFUND_REQUESTED',
      passes: [{ status: 'WITHDRAWN' }],
    });
    expect(done.completionChecks).toMatchObject([
      { isPassed: false, findings: '防水未做闭水试验' },
      { isPassed: true },
    ]);
    expect(done.deadlines.filter(({ kind }) => kind !== 'PLAN_REVIEW').map(({ kind, state }) => [kind, state])).toEqual(
      [
        ['PERMIT_END', 'MET'],
        ['COMPLETION_CHECK', 'MET'],
        ['COMPLETION_CHECK', 'MET'],
      ],
    );
    expect(await refundsOf(id)).toMatchObject([
      { chargeTypeCode: 'DECORATION_DEPOSIT', fee: { amount: 200_000, currency: 'CNY' }, rule: 'A225' },
    ]);
  });

  it.each([
    ['IN_THE_FUTURE/A225', '2030-01-01T00:00:00.000Z'],
    ['OUT_OF_ORDER/A225', '2026-03-02T00:00:00.000Z'],
  ])('refuses with %s', async (expected, occurredAt) => {
    const id = await permitted(service, estate);
    await act(service, estate.owner, 'requestDecorationCompletionCheck', { id });
    const input = { id, isPassed: true, occurredAt };
    const { violations } = await refusal(service, estate.fitter, 'recordDecorationCompletionCheck', input);
    expect(violations).toEqual([expected]);
  });

  it('[A225] a refund waits until violations are settled', async () => {
    const id = await permitted(service, estate);
    const violation = await act(service, estate.guard, 'registerDecorationViolation', {
      decorationId: id,
      kind: 'WASTE',
      note: '垃圾堆在楼道',
      isStopOrder: false,
      photoFileIds: [await aScan(service, estate, estate.guard, 'PHOTO')],
    });
    await act(service, estate.owner, 'requestDecorationCompletionCheck', { id });
    await check(id);
    expect(await look(service, estate.clerk, id)).toMatchObject({ status: 'COMPLETED', depositState: 'SETTLED' });
    expect((await refusal(service, estate.clerk, 'closeDecoration', { id })).violations).toEqual([
      'REFUND_NOT_ASKED/A225',
      'VIOLATIONS_OPEN/A250',
    ]);
    await act(service, estate.owner, 'reportDecorationViolationRemedied', { id: violation.id });
    await act(service, estate.guard, 'checkDecorationViolation', {
      id: violation.id,
      isRemedied: true,
      resolution: 'RESTORED',
      photoFileIds: [await aScan(service, estate, estate.guard, 'PHOTO')],
    });
    expect(await look(service, estate.clerk, id)).toMatchObject({ depositState: 'REFUND_REQUESTED' });
    expect(await refundsOf(id)).toHaveLength(1);
  });
});

describe('closeDecoration', () => {
  it('[A088] waits for the four papers of the archive, and names those that are missing', async () => {
    const { clerk, fitter, termsId } = estate;
    const applicantId = await aPerson(service, estate, { name: '赵敏' });
    const id = await apply(service, estate, { applicantKind: 'AGENT', applicantId, isStructureChanged: true });
    for (const kindCode of ['POWER_OF_ATTORNEY', 'AGENT_IDENTITY_CARD']) {
      await act(service, clerk, 'fileDecorationDocument', {
        id,
        kindCode,
        fileId: await aScan(service, estate, clerk),
      });
    }
    const signature = async () => ({
      signatureFileId: await aScan(service, estate, clerk, 'SIGNATURE'),
      signerName: '赵敏',
    });
    for (const party of ['OWNER', 'CONTRACTOR']) {
      await act(service, clerk, 'acknowledgeDecorationTerms', { id, party, termsId, ...(await signature()) });
    }
    // Signed on paper; the scan comes later.
    const agreement = { id, owner: await signature(), contractor: await signature() };
    await act(service, clerk, 'signDecorationAgreement', agreement);
    await act(service, clerk, 'submitDecorationPlan', { id, planFileIds: [await aScan(service, estate, clerk)] });
    await act(service, fitter, 'reviewDecorationPlan', { id, isApproved: true, reason: '同意' });
    await act(service, clerk, 'recordDecorationAuthorityApproval', {
      id,
      approvalNumber: '建审12号',
      authorityName: '区住建局',
      approvedOn: '2026-02-20',
      fileId: await aScan(service, estate, clerk),
    });
    const { deposit } = await paid(service, estate, id);
    await act(service, clerk, 'issueDecorationPermit', aPermit(id));
    await act(service, estate.owner, 'requestDecorationCompletionCheck', { id });
    await check(id);
    expect(await refusal(service, clerk, 'closeDecoration', { id })).toMatchObject({
      violations: ['PAPER_MISSING/A088'],
    });
    const scan = { id, kindCode: 'DECORATION_AGREEMENT', fileId: await aScan(service, estate, clerk) };
    await act(service, clerk, 'fileDecorationDocument', scan);
    const { archive } = await look(service, clerk, id);
    expect(archive).toEqual({
      isComplete: true,
      missingKinds: [],
      requiredKinds: [
        { code: 'POWER_OF_ATTORNEY' },
        { code: 'AGENT_IDENTITY_CARD' },
        { code: 'DECORATION_AGREEMENT' },
        { code: 'AUTHORITY_APPROVAL' },
      ],
    });
    await act(service, clerk, 'closeDecoration', { id });
    await giveBack(service, estate, { id, sum: 'DECORATION_DEPOSIT', chargeId: deposit });
    const closed = await look(service, estate.owner, id);
    expect(closed).toMatchObject({ status: 'CLOSED', depositState: 'REFUNDED' });
    expect(closed.availableActions.some(({ allowed }) => allowed)).toBe(false);
  });
});
