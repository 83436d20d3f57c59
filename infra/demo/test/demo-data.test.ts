import { describe, expect, it } from '@jest/globals';
import { isId } from '@steward/core';
import { builtInProblems } from '@steward/work-orders/catalog';

import { parse, validate } from 'graphql';

import { schemaOf } from '../../import/test/service-schema.ts';
import { demoHouseholds, demoPersons, demoStaff } from '../accounts.ts';
import { communityPlans, type CommunityPlan } from '../communities.ts';
import { tellComplaints } from '../complaint-stories.ts';
import { buildEstate, pathOf } from '../estate.ts';
import { settle } from '../households.ts';
import { operations, workOrderStep, workOrderSteps } from '../operations.ts';
import { procedureStep } from '../play-procedures.ts';
import { tellProcedures } from '../procedure-stories.ts';
import { paidServices, repairTexts } from '../repair-texts.ts';
import { seededRandom } from '../seeded-random.ts';
import { hire } from '../staff.ts';
import { tellStories } from '../work-order-stories.ts';

const now = new Date('2026-03-02T01:00:00Z');

const demoOf = (plan: CommunityPlan) => {
  const estate = buildEstate(plan.estate);
  const neighbourhood = settle(plan, estate);
  const staff = hire(plan);
  return { plan, estate, neighbourhood, staff, stories: tellStories(plan, { estate, neighbourhood, staff }, now) };
};

const demos = communityPlans.map(demoOf);
const duplicates = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe('the demo', () => {
  it('is the same every time', () => {
    expect(communityPlans.map(demoOf)).toEqual(demos);
  });

  it('has two communities of one company, one of another, and some 200 households in the first', () => {
    expect(demos.map(({ plan }) => plan.community.tenant)).toEqual(['a', 'a', 'b']);
    expect(demos[0]?.neighbourhood.households.length).toBeGreaterThan(190);
  });

  it('gives every thing an id of its own', () => {
    const ids = demos.flatMap(({ estate, neighbourhood, staff }) => [
      ...estate.rows.map(({ id }) => id),
      ...neighbourhood.households.map(({ id }) => id),
      ...neighbourhood.organisations.map(({ id }) => id),
      ...neighbourhood.households.flatMap(({ members }) => members.flatMap(({ person }) => person?.id ?? [])),
      ...staff.map(({ id }) => id),
    ]);
    expect(duplicates(ids)).toEqual([]);
    expect(ids.every(isId)).toBe(true);
  });

  it('holds everybody who has an account', () => {
    const people = demos.flatMap(({ neighbourhood }) =>
      neighbourhood.households.flatMap(({ id, members }) =>
        members.flatMap(({ person, role }) => (person === undefined ? [] : [`${id} ${person.id} ${role}`])),
      ),
    );
    for (const { householdId, id, membership } of Object.values(demoPersons)) {
      expect(people).toContain(`${householdId} ${id} ${membership}`);
    }
    const households = demos.flatMap(({ neighbourhood }) => neighbourhood.households.map(({ id }) => id));
    expect(households).toEqual(expect.arrayContaining(Object.values(demoHouseholds).map(({ id }) => id)));
    const staff = demos.flatMap((demo) => demo.staff.map(({ id }) => id));
    expect(staff).toEqual(expect.arrayContaining(demoStaff.map(({ id }) => id)));
  });

  it('has phones that cannot ring', () => {
    const phones = JSON.stringify(demos).match(/"(?:contactP|p)hone":"[^"]*"/g) ?? [];
    expect(phones.length).toBeGreaterThan(500);
    expect(phones.filter((phone) => !/hone":"142\d{8}"$/.test(phone))).toEqual([]);
  });
});

describe.each(demos)('$plan.code', ({ estate, neighbourhood, staff, stories, plan }) => {
  it('has one path for each place, parents first', () => {
    const paths = estate.rows.map(pathOf);
    expect(duplicates(paths)).toEqual([]);
    estate.rows.forEach(({ parentPath }, index) => {
      if (parentPath !== undefined) expect(paths.slice(0, index)).toContain(parentPath);
    });
  });

  it('has households in units that exist, each unit owned once', () => {
    const units = new Set(estate.rows.filter(({ kind }) => kind === 'UNIT').map(pathOf));
    const holdings = neighbourhood.households.flatMap((household) => household.holdings);
    expect(holdings.filter(({ unitPath }) => !units.has(unitPath))).toEqual([]);
    expect(duplicates(holdings.filter(({ tenure }) => tenure === 'OWNED').map(({ unitPath }) => unitPath))).toEqual([]);
    expect(duplicates(neighbourhood.households.map(({ number }) => number))).toEqual([]);
  });

  it('has staff in five departments who are fit for every repair that is reported', () => {
    expect(
      new Set(staff.flatMap(({ posts }) => posts.map(({ departmentCode }) => departmentCode))).size,
    ).toBeGreaterThan(3);
    const fit = new Map(staff.map(({ id, tradeCodes }) => [id, tradeCodes]));
    const unfit = stories.filter(({ workerId, repair }) => !(fit.get(workerId) ?? []).includes(repair.tradeCode));
    expect(unfit).toEqual([]);
  });

  it('has orders of three months in every state, each step after the one before', () => {
    expect(stories).toHaveLength(plan.workOrders);
    const ends = new Set(stories.map(({ end }) => end));
    for (const end of ['RECEIVED', 'ASSIGNED', 'ON_SITE', 'PAUSED', 'COMPLETED', 'ACCEPTED', 'CLOSED'] as const) {
      expect(ends).toContain(end);
    }
    for (const story of stories) {
      const { receivedAt, arrivedAt, completedAt, testedAt, visitedAt, acceptedAt } = story;
      const times = [receivedAt, arrivedAt, completedAt, testedAt, visitedAt, acceptedAt, now];
      expect(times).toEqual(times.toSorted((a, b) => a.getTime() - b.getTime()));
    }
    const first = stories[0]?.receivedAt.getTime() ?? 0;
    expect((now.getTime() - first) / 86_400_000).toBeGreaterThan(60);
  });

  it('reports what happens in flats for a household, and for nobody elsewhere', () => {
    for (const { repair, occupant, place } of stories) {
      expect(occupant === null).toBe(repair.where !== 'FLAT');
      expect(place.kind).toBe(occupant === null ? 'COMMON_AREA' : 'UNIT');
    }
  });
});

describe('texts', () => {
  it('name problems and trades that exist, and services of the catalogue', () => {
    const known = builtInProblems.map(
      ({ tradeCode, code, returnVisitKind }) => `${tradeCode} ${code} ${returnVisitKind === 'LEAK'}`,
    );
    for (const { tradeCode, problemCode, isLeak = false } of repairTexts) {
      expect(known).toContain(`${tradeCode} ${problemCode} ${isLeak}`);
    }
    const services = paidServices.map(({ code }) => code);
    expect(
      repairTexts.flatMap(({ serviceCode }) => serviceCode ?? []).filter((code) => !services.includes(code)),
    ).toEqual([]);
  });
});

/** Procedures and complaints of a community. */
const deskOf = ({ plan, estate, neighbourhood }: (typeof demos)[number]) => ({
  procedures: tellProcedures(plan, estate, neighbourhood),
  complaints: tellComplaints(plan, neighbourhood),
});

describe('the desk of the first community', () => {
  const [large, ...small] = demos.map(deskOf);

  it('has procedures of every area, and complaints from the first word to the archive', () => {
    const first = large?.procedures.map(({ steps }) => steps[0]?.mutation);
    expect(first).toEqual(
      expect.arrayContaining([
        'openMoveIn',
        'registerCustody',
        'registerDecoration',
        'requestPass',
        'openRentalMandate',
      ]),
    );
    const last = new Set(large?.complaints.map(({ steps }) => steps.at(-1)?.mutation ?? ''));
    expect([...last].toSorted()).toEqual([
      'archiveComplaint',
      'recordComplaintStep',
      'referComplaint',
      'registerComplaint',
      'resolveComplaint',
    ]);
    expect(small.flatMap(({ procedures, complaints }) => [...procedures, ...complaints])).toEqual([]);
  });

  it('has one name for each story, so that none is played for another', () => {
    expect(
      duplicates([large?.procedures, large?.complaints].flatMap((told) => told?.map(({ name }) => name) ?? [])),
    ).toEqual([]);
  });
});

describe('operations', () => {
  it('fit the schemas of the services', async () => {
    const schemas = await Promise.all(['residents', 'hr', 'work-orders', 'complaints'].map(schemaOf));
    const desk = demos.map(deskOf).flatMap(({ procedures, complaints }) => [...procedures, ...complaints]);
    const steps = new Set(desk.flatMap((story) => story.steps.map(procedureStep)));
    const documents = [...Object.values(operations), ...workOrderSteps.map(workOrderStep), ...steps];
    for (const document of documents) {
      const errors = schemas.map((schema) => validate(schema, parse(document)).map(({ message }) => message));
      // Each is of one service: what that one says of it is what counts.
      expect(errors.toSorted((a, b) => a.length - b.length)[0]).toEqual([]);
    }
  });
});

describe('seededRandom', () => {
  it('repeats itself for a seed, differs for another, and stays in its range', () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 200 }, () => random.int(3, 9));
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect([Math.min(...draw(1)), Math.max(...draw(1))]).toEqual([3, 9]);
  });
});
