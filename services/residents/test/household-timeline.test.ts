import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import {
  chargeRaised,
  chargeSettled,
  meterToppedUp,
  notificationEvents,
  workOrderCompleted,
  workOrderDeadlines,
  workOrderLocated,
  workOrderRegistered,
} from '@steward/events';
import { eventually, type TestService } from '@steward/test-kit';

import { timelineHandlers } from '../src/events/timeline-facts.ts';
import { labels as en } from '../src/labels.en.ts';
import { labels as zh } from '../src/labels.zh-CN.ts';
import { onCustody } from './custody-fixture.ts';
import { residentOf, staffOf } from './passes-fixture.ts';
import { acting } from './procedure-fixture.ts';
import { aCompany, aHousehold, startResidents, type Company, type Entered } from './residents-fixture.ts';

let service: TestService;
let company: Company;
let home: Entered;
let other: Entered;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  [home, other] = [await aHousehold(service, company), await aHousehold(service, company)];
});
afterAll(() => service?.stop());

type Entry = {
  id: string;
  at: string;
  what: { code: string; label: string };
  subjectType: string;
  subjectId: string;
  number: string | null;
  actorRole: { code: string; label: string } | null;
  details: { name: string; value: string }[];
};
type Timeline = { nodes: Entry[]; totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

const query = `query ($id: ID!, $first: Int, $after: String) { household(id: $id) { timeline(first: $first, after: $after) {
  nodes { id at what { code label } subjectType subjectId number actorRole { code label } details { name value } }
  totalCount pageInfo { hasNextPage endCursor } } } }`;

async function timeline(viewer: Viewer, id: string, page: object = {}): Promise<Timeline> {
  await service.settle();
  return (await service.ok<{ household: { timeline: Timeline } }>(viewer, query, { id, ...page })).household.timeline;
}

const codes = ({ nodes }: Timeline): string[] => nodes.map(({ what }) => what.code);

const money = { amount: 12000, currency: 'CNY' };
const where = { placeId: newId(), unitId: null, buildingId: null };
const payer = { responsibleParty: 'OWN_STAFF' as const, isPaid: false };

const anOrder = (workOrderId: string, householdId: string | null) => ({
  workOrderId,
  number: 'WX-20260301-0001',
  ...where,
  householdId,
  ...payer,
  tradeCode: 'PLUMBING',
  problemCode: 'TOILET',
  departmentCode: 'MAINTENANCE',
  priority: 'EMERGENCY' as const,
  channelCode: 'PHONE',
  receivedAt: '2026-03-01T00:00:00.000Z',
  source: null,
});

/** Facts of work-orders about one order, each a minute after the one before. */
async function tellOrder(
  id: string,
  householdId: string | null,
  more: 'located' | 'completed' | 'breached',
): Promise<void> {
  const of = { tenantId: company.tenantId, communityId: company.communityId, aggregateId: id };
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 3, minute));
  await service.wire.send(workOrderRegistered, { ...of, data: anOrder(id, householdId), at: at(0) });
  if (more === 'located') {
    const data = { workOrderId: id, ...where, householdId: other.id, ...payer };
    await service.wire.send(workOrderLocated, { ...of, data, at: at(1) });
  }
  const clock = { deadlineId: newId(), kind: 'COMPLETE', rule: 'A099', startedAt: at(0).toISOString() };
  if (more === 'breached') {
    const data = { ...clock, dueAt: at(1).toISOString(), warnAt: null, breachedAt: at(2).toISOString(), metAt: null };
    await service.wire.send(workOrderDeadlines.breached, { ...of, data, at: at(2) });
  }
  const done = { assigneeId: null, completedAt: at(3).toISOString(), isInTime: false, round: 1 };
  await service.wire.send(workOrderCompleted, { ...of, data: { workOrderId: id, ...done }, at: at(3) });
}

describe('Household.timeline', () => {
  it('tells what happened in residents, newest first, with the role that did it, in both languages', async () => {
    const custody = await onCustody(service, company.clerk, 'registerCustody', {
      householdId: home.id,
      unitId: home.unitId,
    });
    const seen = await timeline(company.clerk, home.id);
    expect(codes(seen).toSorted()).toEqual([
      'CUSTODY_REGISTERED',
      'HOUSEHOLD_MEMBERSHIP_STARTED',
      'HOUSEHOLD_REGISTERED',
      'HOUSEHOLD_UNIT_ADDED',
    ]);
    expect(seen.nodes.map(({ at }) => at)).toEqual(
      seen.nodes
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    const asked = seen.nodes.find(({ what }) => what.code === 'CUSTODY_REGISTERED');
    expect(asked).toMatchObject({ subjectType: 'custody', subjectId: custody.id });
    expect(asked?.what.label).toBe('Custody asked for');
    expect(asked?.actorRole).toEqual({ code: 'clerk', label: en['role.clerk'] });
    const chinese = await service.graphql<{ household: { timeline: Timeline } }>(
      company.clerk,
      query,
      { id: home.id },
      'zh-CN',
    );
    expect(chinese.data.household.timeline.nodes.map(({ what }) => what.label)).toContain('申请空置房托管');
  });

  it('tells of other services; what names no household is of that which the first fact named', async () => {
    const [order, charge] = [newId(), newId()];
    await tellOrder(order, home.id, 'completed');
    const owed = {
      chargeId: charge,
      communityId: company.communityId,
      unitId: null,
      householdId: home.id,
      chargeTypeCode: 'PAID_SERVICE',
      cause: null,
      fee: money,
    };
    const of = { tenantId: company.tenantId, aggregateId: charge };
    await service.wire.send(chargeRaised, { ...of, data: { ...owed, dueOn: '2026-03-31' } });
    const settled = { ...owed, settledAt: '2026-03-02T05:00:00.000Z', receiptNumber: 'SJ-1' };
    await service.wire.send(chargeSettled, { ...of, data: settled });
    const ofOrder = await eventually(async () => {
      const found = (await timeline(company.clerk, home.id)).nodes.filter(({ subjectId }) => subjectId === order);
      return found.length === 2 ? found : null;
    });
    expect(ofOrder).toMatchObject([
      { what: { code: 'WORK_ORDER_COMPLETED' }, at: '2026-03-02T03:03:00.000Z', number: 'WX-20260301-0001' },
      { what: { code: 'WORK_ORDER_REGISTERED' }, at: '2026-03-02T03:00:00.000Z', actorRole: null },
    ]);
    expect(ofOrder[1]?.details).toContainEqual({ name: 'priority', value: 'EMERGENCY' });
    const paid = await eventually(async () =>
      (await timeline(company.clerk, home.id)).nodes.find(({ what }) => what.code === 'CHARGE_SETTLED'),
    );
    expect(paid.details).toContainEqual({ name: 'receiptNumber', value: 'SJ-1' });
  });

  it('tells what a household was told, what was measured at its unit, and of the cards it gave a right to', async () => {
    const of = { tenantId: company.tenantId, communityId: company.communityId };
    const to = { role: null, departmentCode: null, staffId: null, personId: null, householdId: home.id };
    const message = { to, template: 'announcement', params: { number: 'TZ-1' }, dueAt: '2026-03-02T05:00:00.000Z' };
    const { requested } = notificationEvents('community-events');
    for (const channel of ['IN_APP', 'SMS'] as const)
      await service.wire.send(requested, { ...of, aggregateId: newId(), data: { ...message, channel } });
    const toClerks = { ...to, role: 'clerk', householdId: null };
    const inside = { ...message, to: toClerks, channel: 'IN_APP' as const };
    await service.wire.send(requested, { ...of, aggregateId: newId(), data: inside });
    const meterId = newId();
    const topUp = { meterId, unitId: home.unitId, chargeTypeCode: 'ELECTRICITY', amount: 5000, balance: 5000 };
    await service.wire.send(meterToppedUp, { ...of, aggregateId: meterId, data: { ...topUp, means: 'CASH' } });
    const apply = { communityId: company.communityId, tier: 'MEMBER', personId: home.personId };
    const card = await acting(service, 'membershipCard', 'id').act<{ id: string }>(
      company.clerk,
      'applyMembershipCard',
      apply,
    );
    const seen = await eventually(async () => {
      const page = await timeline(company.clerk, home.id, { first: 100 });
      const found = codes(page);
      return found.includes('MEMBERSHIP_CARD_APPLIED') && found.includes('METER_TOPPED_UP') ? page.nodes : null;
    });
    const messages = seen.filter(({ what }) => what.code === 'NOTIFICATION_REQUESTED');
    expect(messages).toMatchObject([
      { number: 'TZ-1', details: expect.arrayContaining([{ name: 'template', value: 'announcement' }]) },
    ]);
    expect(seen.find(({ what }) => what.code === 'MEMBERSHIP_CARD_APPLIED')?.subjectId).toBe(card.id);
    expect(codes(await timeline(company.clerk, other.id))).not.toContain('METER_TOPPED_UP');
  });

  it('moves with an order to the household that it turned out to be for', async () => {
    const order = newId();
    await tellOrder(order, home.id, 'located');
    const there = await eventually(async () => {
      const found = (await timeline(company.clerk, other.id)).nodes.filter(({ subjectId }) => subjectId === order);
      return found.length === 3 ? found : null;
    });
    expect(there.map(({ what }) => what.code)).toEqual([
      'WORK_ORDER_COMPLETED',
      'WORK_ORDER_LOCATED',
      'WORK_ORDER_REGISTERED',
    ]);
    expect((await timeline(company.clerk, home.id)).nodes.map(({ subjectId }) => subjectId)).not.toContain(order);
  });

  it('comes in pages without doubles or holes, with its total', async () => {
    const whole = await timeline(company.clerk, home.id, { first: 100 });
    expect(whole.totalCount).toBe(whole.nodes.length);
    const walked: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await timeline(company.clerk, home.id, { first: 2, after });
      walked.push(...page.nodes.map(({ id }) => id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(walked).toEqual(whole.nodes.map(({ id }) => id));
  });

  it('shows residents their own without what is internal, and is not for who does not deal with residents by name', async () => {
    const order = newId();
    await tellOrder(order, home.id, 'breached');
    const forStaff = await eventually(async () => {
      const seen = await timeline(company.clerk, home.id, { first: 100 });
      return codes(seen).includes('WORK_ORDER_DEADLINE_BREACHED') ? seen : null;
    });
    const forOwner = await timeline(residentOf(company, home.personId), home.id, { first: 100 });
    expect(codes(forOwner)).not.toContain('WORK_ORDER_DEADLINE_BREACHED');
    expect(forOwner.totalCount).toBe(forStaff.totalCount - 1);
    const guard = await service.graphql(staffOf(company, 'guard'), query, { id: home.id });
    expect(guard.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const neighbour = await service.ok(residentOf(company, other.personId), query, { id: home.id });
    expect(neighbour).toEqual({ household: null });
  });

  it('has a text in both languages for every kind of fact in its table', () => {
    expect(timelineHandlers.length).toBeGreaterThan(100);
    const keys = timelineHandlers.map(
      ({ definition: { aggregate, fact } }) => `timeline.${`${aggregate}-${fact}`.replaceAll('-', '_').toUpperCase()}`,
    );
    expect(keys.filter((key) => en[key] === undefined || zh[key] === undefined)).toEqual([]);
    expect(
      Object.keys(en)
        .filter((key) => key.startsWith('timeline.'))
        .toSorted(),
    ).toEqual([...new Set(keys)].toSorted());
  });
});
