import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, type TestService } from '@steward/test-kit';

import { act, anApplication, anEstate, apply, aScan, look, refusal, see, type Estate } from './decoration-fixture.ts';
import {
  aHousehold,
  anOrganisation,
  aPerson,
  factsAfter,
  look as lookAtHousehold,
  mutation,
  startResidents,
} from './residents-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startResidents();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const actionOf = async (id: string, action: string) =>
  (await look(service, estate.clerk, id)).availableActions.find((one) => one.action === action);

describe('registerDecoration', () => {
  it('[A083] an owner applies in the app and sees the application; neighbours do not', async () => {
    const id = await apply(service, estate, {}, estate.owner);
    const seen = await look(service, estate.owner, id);
    expect(seen).toMatchObject({ status: 'APPLIED', handler: null, isAuthorityNeeded: false, deposit: null });
    const { tenantId, communityId } = estate;
    const other = await aHousehold(service, estate);
    const neighbour = aResidentViewer({ tenantId, communityIds: [communityId], personId: other.personId });
    expect(await see(service, neighbour, id)).toBeNull();
    const list = 'query { decorations(first: 100) { nodes { id } } }';
    type List = { decorations: { nodes: { id: string }[] } };
    expect((await service.ok<List>(neighbour, list)).decorations.nodes).toEqual([]);
    expect((await service.ok<List>(estate.owner, list)).decorations.nodes).toContainEqual({ id });
    const [fact] = await factsAfter(service, id, 0);
    expect(fact).toEqual(['decoration.applied.v1', expect.objectContaining({ decorationId: id, kind: 'DECORATION' })]);
    expect(JSON.stringify(fact)).not.toContain('厨房');
  });

  it('[A083] names everything that is wrong at once', async () => {
    const merchant = await anOrganisation(service, estate);
    const wrong = {
      unitId: newId(),
      applicantId: await aPerson(service, estate),
      contractorId: merchant,
      description: ' ',
      plannedTo: '2026-03-09',
    };
    const { violations } = await refusal(service, estate.clerk, 'registerDecoration', anApplication(estate, wrong));
    expect(violations).toEqual([
      'APPLICANT_NOT_OWNER/A083',
      'CONTRACTOR_UNKNOWN/A084',
      'RANGE_EMPTY/A086',
      'TEXT_REQUIRED/undefined',
      'UNIT_NOT_OWNED/A083',
    ]);
    const unknown = anApplication(estate, { applicantId: newId() });
    expect((await refusal(service, estate.clerk, 'registerDecoration', unknown)).violations).toEqual([
      'PERSON_UNKNOWN/A083',
    ]);
  });

  it('[A083] [A084] in the app everybody applies and signs for themselves', async () => {
    const applicantId = await aPerson(service, estate);
    const forAnother = anApplication(estate, { applicantKind: 'AGENT', applicantId });
    const { violations } = await refusal(service, estate.owner, 'registerDecoration', forAnother);
    expect(violations).toContain('APPLICANT_IS_CALLER/A083');
    const id = await apply(service, estate, { applicantKind: 'AGENT', applicantId });
    const signatureFileId = await aScan(service, estate, estate.owner, 'SIGNATURE');
    const signing = { id, party: 'OWNER', termsId: estate.termsId, signatureFileId };
    expect((await refusal(service, estate.owner, 'acknowledgeDecorationTerms', signing)).violations).toEqual([
      'SIGNER_NOT_APPLICANT/A084',
    ]);
  });

  it("a neighbour cannot apply for somebody else's household", async () => {
    const other = await aHousehold(service, estate);
    const { tenantId, communityId } = estate;
    const neighbour = aResidentViewer({ tenantId, communityIds: [communityId], personId: other.personId });
    const { code } = await refusal(service, neighbour, 'registerDecoration', anApplication(estate));
    expect(code).toBe('NOT_FOUND');
  });

  it('is seen through by whoever takes it', async () => {
    const id = await apply(service, estate, {}, estate.owner);
    await act(service, estate.clerk, 'takeDecoration', { id });
    expect((await look(service, estate.clerk, id)).handler).toEqual({ id: estate.clerk.staffId });
    expect(await refusal(service, estate.clerk, 'takeDecoration', { id })).toMatchObject({ reason: 'NOTHING_CHANGED' });
  });
});

describe('fileDecorationDocument', () => {
  it("[A083] copies an agent's power of attorney and identity card into the household's file", async () => {
    const applicantId = await aPerson(service, estate, { name: '赵敏' });
    const id = await apply(service, estate, { applicantKind: 'AGENT', applicantId });
    const unscanned = { id, kindCode: 'POWER_OF_ATTORNEY' };
    const { violations } = await refusal(service, estate.clerk, 'fileDecorationDocument', unscanned);
    expect(violations).toEqual(['SCAN_REQUIRED/A083']);
    for (const kindCode of ['POWER_OF_ATTORNEY', 'AGENT_IDENTITY_CARD']) {
      const fileId = await aScan(service, estate, estate.clerk);
      await act(service, estate.clerk, 'fileDecorationDocument', { id, kindCode, fileId });
    }
    const { documents, archive } = await look(service, estate.clerk, id);
    expect(documents.map(({ kind }) => kind.code)).toEqual(['POWER_OF_ATTORNEY', 'AGENT_IDENTITY_CARD']);
    expect(archive.missingKinds).toEqual([{ code: 'DECORATION_AGREEMENT' }]);
    const { file } = await lookAtHousehold(service, estate.clerk, estate.household.id);
    expect(file.documents.map(({ kind }) => kind.code)).toEqual(
      expect.arrayContaining(['POWER_OF_ATTORNEY', 'AGENT_IDENTITY_CARD']),
    );
  });

  it.each([
    ['DOCUMENT_KIND_UNKNOWN/A083', { kindCode: 'LOVE_LETTER' }],
    ['IN_THE_FUTURE/undefined', { kindCode: 'OTHER', receivedAt: '2030-01-01T00:00:00.000Z' }],
    ['FILE_NOT_UPLOADED/undefined', { kindCode: 'OTHER', fileId: '0197a1b2-0000-7000-8000-000000000001' }],
  ])('refuses with %s', async (expected, wrong) => {
    const id = await apply(service, estate);
    const { violations } = await refusal(service, estate.clerk, 'fileDecorationDocument', { id, ...wrong });
    expect(violations).toEqual([expected]);
  });
});

describe('acknowledgeDecorationTerms', () => {
  const signature = () => aScan(service, estate, estate.clerk, 'SIGNATURE');

  it('[A084] owner and contractor each sign hours and prohibitions, once; the agreement comes after', async () => {
    const id = await apply(service, estate);
    const agreement = {
      id,
      owner: { signatureFileId: await signature(), signerName: '张伟' },
      contractor: { signatureFileId: await signature(), signerName: ' ' },
    };
    const early = await refusal(service, estate.clerk, 'signDecorationAgreement', agreement);
    expect(early.violations).toEqual([
      'SIGNER_REQUIRED/A084',
      'TERMS_NOT_ACKNOWLEDGED/A084',
      'TERMS_NOT_ACKNOWLEDGED/A084',
    ]);
    const inApp = { id, party: 'OWNER', termsId: estate.termsId };
    const own = await aScan(service, estate, estate.owner, 'SIGNATURE');
    await act(service, estate.owner, 'acknowledgeDecorationTerms', { ...inApp, signatureFileId: own });
    const again = { ...inApp, signatureFileId: await signature(), signerName: '张伟' };
    expect(await refusal(service, estate.clerk, 'acknowledgeDecorationTerms', again)).toMatchObject({
      violations: ['ALREADY_ACKNOWLEDGED/A084'],
    });
    const other = { id, party: 'CONTRACTOR', termsId: estate.termsId, signatureFileId: own };
    expect(await refusal(service, estate.owner, 'acknowledgeDecorationTerms', other)).toMatchObject({
      violations: ['CONTRACTOR_SIGNS_ON_PAPER/A084'],
    });
    const onPaper = { ...other, signatureFileId: await signature(), signerName: '王强' };
    await act(service, estate.clerk, 'acknowledgeDecorationTerms', onPaper);
    const signed = { ...agreement, contractor: { ...agreement.contractor, signerName: '王强' } };
    await act(service, estate.clerk, 'signDecorationAgreement', signed);
    expect(await refusal(service, estate.clerk, 'signDecorationAgreement', signed)).toMatchObject({
      reason: 'AGREEMENT_SIGNED',
    });
    const seen = await look(service, estate.clerk, id);
    expect(seen.acknowledgements.map(({ party }) => party)).toEqual(['OWNER', 'CONTRACTOR']);
    expect(seen.signatures.map(({ role }) => role).sort()).toEqual([
      'CONTRACTOR',
      'CONTRACTOR',
      'OWNER',
      'OWNER',
      'PROPERTY',
    ]);
    expect(await actionOf(id, 'submitDecorationPlan')).toMatchObject({
      allowed: false,
      refusal: { reason: 'PAPER_MISSING' },
    });
  });

  it('[A084] only the edition in force is signed', async () => {
    const fresh = await anEstate(service);
    const id = await apply(service, fresh);
    const terms = {
      workFrom: '09:00:00',
      workTo: '17:00:00',
      isAllowedAtWeekend: true,
      prohibitions: '不得占用走廊。',
    };
    const publish = mutation('publishDecorationTerms', 'decorationTerms { id edition breakFrom }');
    const input = { communityId: fresh.communityId, ...terms };
    type Published = { publishDecorationTerms: { decorationTerms: { id: string; edition: number } } };
    const second = await service.ok<Published>(fresh.director, publish, { input });
    expect(second.publishDecorationTerms.decorationTerms).toMatchObject({ edition: 2, breakFrom: null });
    const signatureFileId = await aScan(service, fresh, fresh.clerk, 'SIGNATURE');
    const old = { id, party: 'OWNER', termsId: fresh.termsId, signatureFileId, signerName: '张伟' };
    expect(await refusal(service, fresh.clerk, 'acknowledgeDecorationTerms', old)).toMatchObject({
      reason: 'TERMS_OUTDATED',
      rule: 'A084',
    });
    const list = 'query { decorationTerms(first: 5) { nodes { edition workFrom prohibitions } } }';
    expect(await service.ok(fresh.owner, list)).toMatchObject({
      decorationTerms: { nodes: [{ edition: 2, workFrom: '09:00:00' }, { edition: 1 }] },
    });
    const wrong = { ...input, workTo: '08:00:00', breakFrom: '12:00:00', prohibitions: '' };
    const { extensions } = await service.refused(fresh.director, publish, { input: wrong });
    expect(extensions.violations.map(({ reason }) => reason)).toEqual(['RANGE_EMPTY', 'RANGE_EMPTY', 'TEXT_REQUIRED']);
    expect((await service.refused(fresh.clerk, publish, { input })).extensions.reason).toBe('ACCESS_DENIED');
  });
});

describe('submitDecorationPlan', () => {
  it('[A084] [A083] is refused with everything that is missing', async () => {
    const id = await apply(service, estate);
    const { violations } = await refusal(service, estate.owner, 'submitDecorationPlan', { id, planFileIds: [] });
    expect(violations).toEqual([
      'AGREEMENT_NOT_SIGNED/A084',
      'PAPER_MISSING/A083',
      'PLAN_REQUIRED/A084',
      'TERMS_NOT_ACKNOWLEDGED/A084',
      'TERMS_NOT_ACKNOWLEDGED/A084',
    ]);
  });
});
