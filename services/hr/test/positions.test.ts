import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aCentre, act, aNewcomer, healthOf, refusal, see, viewerOf, type Centre } from './duty-fixture.ts';
import { change, look, startHr } from './hr-fixture.ts';
import { adopt, postTerms, qualify, registerOwn, terms } from './position-fixture.ts';

let service: TestService;
let centre: Centre;

beforeAll(async () => {
  service = await startHr();
  centre = await aCentre(service);
});
afterAll(() => service?.stop());

const assign = (input: object) => service.ok(centre.director, change('assignStaffPost'), { input });
const notAssigned = async (input: object) =>
  (await service.refused(centre.director, change('assignStaffPost'), { input })).extensions;

const full = `number label rank role rule minAge education field { code label } minExperienceYears languages { code label }
  certificateKinds { code } weeklyWorkDays plannedCount probationMonths rotationGroup isHandoverRequired status
  duties { code label cycle } partners { side label } kpis { code label targetPercent }
  availableActions { action allowed refusal { reason } }`;

type Full = {
  label: string;
  duties: { code: string; label: string; cycle: string }[];
  partners: { side: string; label: string }[];
  kpis: object[];
  availableActions: { action: string; allowed: boolean; refusal: { reason: string } | null }[];
};

const positionOf = async (id: string): Promise<Full> => {
  const found = await see<Full>(service, centre.clerk, 'position', id, full);
  if (found === null) throw new Error('not visible');
  return found;
};

describe('the catalogue', () => {
  it('[B053] [B054] [B049] the supervisor of the standard has requirements, partners and targets', async () => {
    const { id } = await adopt(service, centre, 'CUSTOMER_SERVICE_SUPERVISOR');
    const found = await positionOf(id);
    expect(found).toMatchObject({
      label: 'Customer service supervisor',
      rank: 'SUPERVISOR',
      rule: 'B053',
      education: 'COLLEGE',
      field: { code: 'PROPERTY_MANAGEMENT', label: 'Property management' },
      minExperienceYears: 3,
      languages: [{ label: 'Mandarin' }, { label: 'Cantonese' }],
      weeklyWorkDays: 6,
      plannedCount: 1,
    });
    expect(found.partners.map(({ side, label }) => `${side} ${label.replace(' department', '')}`)).toEqual([
      ...['Headquarters', 'Project', 'Security', 'Engineering', 'Environment'].map((label) => `INTERNAL ${label}`),
      ...['Power supply', 'Water supply', 'Gas supply', 'Cable television', "Residents' committee"].map(
        (label) => `EXTERNAL ${label}`,
      ),
    ]);
    expect(found.kpis).toHaveLength(6);
    expect(found.availableActions.every(({ allowed }) => !allowed)).toBe(true);
  });

  it('[A301] three posts with their own duties, told in the language of the reader', async () => {
    for (const code of ['ANNOUNCER', 'BAG_KEEPER', 'CUSTOMER_SERVICE_CLERK']) {
      const { id } = await adopt(service, centre, code);
      const { duties, label } = await positionOf(id);
      expect(label).not.toBe(code);
      expect(new Set(duties.map(({ cycle }) => cycle))).toEqual(new Set(['DAILY', 'WEEKLY', 'MONTHLY']));
    }
    const chinese = await service.graphql<{ standardPositions: { label: string }[] }>(
      centre.clerk,
      '{ standardPositions { label } }',
      {},
      'zh-CN',
    );
    expect(chinese.data?.standardPositions.map(({ label }) => label)).toContain('存包员');
    const { standardPositions } = await service.ok<{ standardPositions: { code: string; isAdopted: boolean }[] }>(
      centre.clerk,
      '{ standardPositions { code label rule isAdopted } }',
    );
    expect(standardPositions.find(({ code }) => code === 'BAG_KEEPER')?.isAdopted).toBe(true);
    expect(standardPositions.find(({ code }) => code === 'ACCOUNTANT')?.isAdopted).toBe(false);
    const again = { code: 'BAG_KEEPER' };
    expect(await refusal(service, centre.director, 'adoptStandardPosition', 'position', again)).toMatchObject({
      reason: 'POSITION_CODE_TAKEN',
    });
    expect(
      await refusal(service, centre.director, 'adoptStandardPosition', 'position', { code: 'KING' }),
    ).toMatchObject({ reason: 'POSITION_UNKNOWN' });
  });

  it('is revised by versions, and a position goes out of use once nobody holds it', async () => {
    const duties = [{ code: 'GREET', label: '迎接来访', cycle: 'DAILY' }];
    const { id, version } = await registerOwn(service, centre, 'GREETER', { duties });
    expect(await positionOf(id)).toMatchObject({ label: '迎宾员', rule: null, duties });
    const revised = { id, expectedVersion: version, terms: terms({ label: '礼宾员' }) };
    await act(service, centre.director, 'revisePosition', 'position', revised);
    expect(await positionOf(id)).toMatchObject({ label: '礼宾员', duties: [] });
    const stale = await refusal(service, centre.director, 'revisePosition', 'position', revised);
    expect(stale).toMatchObject({ reason: 'STALE_VERSION' });
    const staffId = await aNewcomer(service, centre, 'GUARD');
    await assign(postTerms(centre, staffId, 'GREETER', { validTo: '2026-03-10' }));
    const { posts } = await look(service, centre.director, staffId);
    expect(posts).toContainEqual(expect.objectContaining({ position: { code: 'GREETER', label: '礼宾员' } }));
    const held = await refusal(service, centre.director, 'retirePosition', 'position', { id });
    expect(held).toMatchObject({ reason: 'POSITION_HELD', rule: 'A301' });
    const [post] = posts.filter((one) => one.validTo === '2026-03-10');
    const input = { id: staffId, postId: post?.id ?? '', validTo: '2026-03-02' };
    await service.ok(centre.director, change('endStaffPost'), { input });
    await act(service, centre.director, 'retirePosition', 'position', { id });
    expect(await notAssigned(postTerms(centre, staffId, 'GREETER'))).toMatchObject({ reason: 'POSITION_UNKNOWN' });
    const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === id).map(({ type }) => type);
    expect(facts.map((type) => type.replace('steward.hr.position.', ''))).toEqual([
      'registered.v1',
      'revised.v1',
      'retired.v1',
    ]);
  });

  it('refuses terms with everything that is wrong, and whoever does not run it', async () => {
    const wrong = terms({ label: ' ', minAge: 3, fieldCode: 'MAGIC', languageCodes: ['LATIN'] });
    const input = { code: 'no', terms: wrong };
    const { violations } = await refusal(service, centre.director, 'registerPosition', 'position', input);
    expect(violations?.map(({ reason }) => reason)).toEqual([
      'CODE_MALFORMED',
      'TEXT_REQUIRED',
      'STUDY_FIELD_UNKNOWN',
      'LANGUAGE_UNKNOWN',
      'FIGURE_OUT_OF_RANGE',
    ]);
    const denied = await refusal(service, centre.supervisor, 'registerPosition', 'position', input);
    expect(denied).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED' });
  });
});

describe('requirements', () => {
  it('[A317] [B053] a post is given to who meets its position, and refused with everything that is missing', async () => {
    const staffId = await aNewcomer(service, centre, 'GUARD');
    const ask = postTerms(centre, staffId, 'CUSTOMER_SERVICE_SUPERVISOR', { role: 'SUPERVISOR' });
    const nothing = await notAssigned(ask);
    expect(nothing).toMatchObject({ reason: 'INVALID_INPUT' });
    expect(nothing.violations?.map(({ reason, rule }) => `${reason} ${rule}`)).toEqual([
      'REQUIREMENT_EDUCATION B053',
      'REQUIREMENT_FIELD B053',
      'REQUIREMENT_EXPERIENCE B053',
      'REQUIREMENT_LANGUAGE B053',
      'REQUIREMENT_LANGUAGE B053',
    ]);
    await qualify(service, centre, staffId, { experienceYears: 2, languageCodes: ['MANDARIN'] });
    expect((await notAssigned(ask)).violations).toMatchObject([
      { reason: 'REQUIREMENT_EXPERIENCE' },
      { reason: 'REQUIREMENT_LANGUAGE' },
    ]);
    await qualify(service, centre, staffId);
    await assign(ask);
    const other = await aNewcomer(service, centre, 'GUARD');
    await qualify(service, centre, other);
    const second = postTerms(centre, other, 'CUSTOMER_SERVICE_SUPERVISOR', { role: 'SUPERVISOR' });
    expect(await notAssigned(second)).toMatchObject({ reason: 'HEADCOUNT_EXCEEDED', rule: 'A203' });
  });

  it('certificates of a position have to be in force', async () => {
    await registerOwn(service, centre, 'COOK', { certificateKinds: ['HEALTH'] });
    const staffId = await aNewcomer(service, centre, 'GUARD');
    const ask = postTerms(centre, staffId, 'COOK', { validFrom: '2026-04-01' });
    expect(await notAssigned(ask)).toMatchObject({ reason: 'REQUIREMENT_CERTIFICATE' });
    const paper = healthOf(centre, staffId, { expiresOn: '2026-04-01' });
    await act(service, centre.director, 'registerCertificate', 'certificate', paper);
    expect(await notAssigned({ ...ask, validFrom: '2026-04-02' })).toMatchObject({ reason: 'REQUIREMENT_CERTIFICATE' });
    await assign(ask);
  });

  it('what somebody can show is sealed, and theirs to see', async () => {
    const staffId = await aNewcomer(service, centre, 'GUARD');
    const { id } = await qualify(service, centre, staffId);
    const seen = (viewer: Parameters<typeof see>[1]) =>
      see(service, viewer, 'staffQualification', id, 'bornOn bornOnMasked education experienceYears');
    expect(await seen(centre.supervisor)).toMatchObject({ bornOn: null, bornOnMasked: '1996-**-**' });
    expect(await seen(viewerOf(centre, 'guard', staffId))).toMatchObject({ bornOn: '1996-01-01' });
    expect(await seen(viewerOf(centre, 'guard'))).toBeNull();
    const [row] = await service.sql<{ text: string }>(
      'select q::text as text from staff_qualification q where id = $1',
      [id],
    );
    expect(row?.text).not.toContain('1996-01-01');
  });
});

describe('headcount', () => {
  const staffing = async () =>
    (
      await service.ok<{ positionStaffing: { position: { number: string }; missingCount: number }[] }>(
        centre.supervisor,
        `query ($id: ID!) { positionStaffing(communityId: $id) {
          position { number } plannedCount heldCount openCount missingCount } }`,
        { id: centre.communityId },
      )
    ).positionStaffing;

  it('[A203] one specialist is planned, unless a community plans otherwise', async () => {
    const { id } = await adopt(service, centre, 'CUSTOMER_SPECIALIST');
    const of = async () => (await staffing()).find(({ position }) => position.number === 'CUSTOMER_SPECIALIST');
    expect(await of()).toMatchObject({ plannedCount: 1, heldCount: 0, openCount: 0, missingCount: 1 });
    const [first, second] = [await aNewcomer(service, centre, 'GUARD'), await aNewcomer(service, centre, 'GUARD')];
    await assign(postTerms(centre, first, 'CUSTOMER_SPECIALIST'));
    expect(await of()).toMatchObject({ heldCount: 1, missingCount: 0 });
    const ask = postTerms(centre, second, 'CUSTOMER_SPECIALIST');
    expect(await notAssigned(ask)).toMatchObject({ reason: 'HEADCOUNT_EXCEEDED', rule: 'A203' });
    const plan = { id, communityId: centre.communityId, plannedCount: 2 };
    await act(service, centre.director, 'setPositionHeadcount', 'position', plan);
    await assign(ask);
    const [fact] = await service.events('steward.hr.position.planned.v1');
    expect(fact?.data).toMatchObject({ communityId: centre.communityId, plannedCount: 2 });
  });
});
