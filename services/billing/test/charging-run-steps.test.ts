import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { moveOutChargeRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { anEstate, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  ledgerOf,
  owedBy,
  reasons,
  rolesOf,
  run,
  runTimers,
  seeRun,
  firstQuarter,
} from './charging-fixture.ts';
import { aPayment, aSession, balance, chargesFor, factsOf, list } from './counter-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

describe('the steps of a charge run', () => {
  it('[A230] goes on where it stood after a crash in the middle, and charges nobody twice', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    // A second step needs more units than the first one takes; the last in order is somebody's.
    await service.sql(
      `insert into unit_reference (id, tenant_id, community_id, kind, path, building_path, area_m2)
       select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, $2, 'UNIT', '9/' || n, '9', 50
         from generate_series(1, 1000) n on conflict do nothing`,
      [estate.tenantId, estate.communityId],
    );
    const id = await aPreview(service, estate);
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({
      status: 'PREVIEWED',
      computedSteps: 2,
      lineCount: 1,
    });
    await service.sql(`create function fail_charge() returns trigger language plpgsql as
      $$ begin raise exception 'the power is out'; end $$`);
    await service.sql('create trigger fail_charge before insert on charge for each row execute function fail_charge()');
    await run(service, estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({ status: 'POSTING', postedSteps: 1 });
    expect(await owedBy(service, estate.billingAccountId)).toBe(0);
    await service.sql('drop trigger fail_charge on charge');
    await service.sql('drop function fail_charge()');
    await service.restart();
    await service.move({ advance: 'PT2M' });
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({ status: 'POSTED', postedSteps: 2 });
    expect(await owedBy(service, estate.billingAccountId)).toBe(62_393);
    await service.sql(`delete from timer where community_id = $1`, [estate.communityId]);
  });

  it('[A230] a run that cannot be computed is given up and no longer keeps its kinds from being charged', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    await service.sql(`create function fail_line() returns trigger language plpgsql as
      $$ begin raise exception 'no statement can take this'; end $$`);
    await service.sql(
      'create trigger fail_line before insert on charge_line for each row execute function fail_line()',
    );
    const failed = await aPreview(service, estate);
    await service.sql('drop trigger fail_line on charge_line');
    await service.sql('drop function fail_line()');
    expect(await seeRun(service, estate.clerk, failed)).toMatchObject({ status: 'COMPUTING', computedSteps: 0 });
    expect((await run(service, estate.clerk, 'discardChargeRun', { id: failed })).status).toBe('DISCARDED');
    const anew = await aPreview(service, estate);
    // The step that failed comes once more and finds nothing to do.
    await service.move({ advance: 'PT2M' });
    expect(await seeRun(service, estate.clerk, failed)).toMatchObject({ status: 'DISCARDED', lineCount: 0 });
    expect(await seeRun(service, estate.clerk, anew)).toMatchObject({ status: 'PREVIEWED', lineCount: 1 });
  });

  it('[A230] clerk, supervisor and director start and discard; supervisor and director post; the director reverses', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const id = await aPreview(service, estate);
    expect(await rolesOf(service, estate, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' })).toEqual([
      'director',
    ]);
    await run(service, estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await rolesOf(service, estate, 'postChargeRun', { id })).toEqual(['director', 'supervisor']);
    expect(await rolesOf(service, estate, 'discardChargeRun', { id })).toEqual(['director', 'supervisor', 'clerk']);
    const other = await aPreview(service, estate);
    await run(service, estate.clerk, 'discardChargeRun', { id: other });
    for (const mutation of ['postChargeRun', 'discardChargeRun']) {
      expect(await reasons(service, estate.director, mutation, { id: other })).toEqual(['ILLEGAL_TRANSITION']);
    }
    expect(
      await reasons(service, estate.director, 'reverseChargeRun', { id: other, reasonCode: 'WRONG_TARIFF' }),
    ).toEqual(['ILLEGAL_TRANSITION']);
    const posting = await aPreview(service, estate, ['PUBLIC_WATER']);
    expect(
      await reasons(service, estate.clerk, 'startChargeRun', {
        communityId: estate.communityId,
        chargeTypeCodes: ['PUBLIC_WATER'],
        ...firstQuarter,
      }),
    ).toEqual(['RUN_UNDER_WAY']);
    expect((await run(service, estate.supervisor, 'postChargeRun', { id: posting })).status).toBe('POSTING');
    await runTimers(service);
    const reversed = await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
    expect(reversed.status).toBe('REVERSING');
    await runTimers(service);
    expect(await reasons(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });

  it('[A230] is corrected by reversal: the opposite postings, and a new run that charges anew', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const id = await aPostedRun(service, estate);
    expect(await reasons(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'BAD_MOOD' })).toEqual([
      'REASON_UNKNOWN',
    ]);
    await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
    await runTimers(service);
    expect((await seeRun(service, estate.clerk, id)).status).toBe('REVERSED');
    expect(await ledgerOf(service, estate)).toEqual({ RECEIVABLE: 0, REVENUE: 0, TAX_PAYABLE: 0 });
    expect(await reasons(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    const anew = await aPostedRun(service, estate);
    expect((await seeRun(service, estate.clerk, anew)).lineCount).toBe(1);
    expect(await owedBy(service, estate.billingAccountId)).toBe(62_393);
  });

  it('[A230] a single charge that is taken back is charged again by the next run, and only that', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '2500' });
    const id = await aPostedRun(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV']);
    const line = (await seeRun(service, estate.clerk, id)).lines.nodes.find(
      ({ chargeType }) => chargeType.code === 'CABLE_TV',
    );
    const reverse = 'mutation ($input: ReverseChargeInput!) { reverseCharge(input: $input) { charge { status } } }';
    await service.ok(estate.supervisor, reverse, { input: { id: line?.id, reasonCode: 'WRONG_AMOUNT' } });
    const next = await seeRun(service, estate.clerk, await aPreview(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV']));
    expect(next.lines.nodes.map(({ chargeType }) => chargeType.code)).toEqual(['CABLE_TV']);
  });
});

const moveOut = async (estate: Estate, moveOutId = newId()): Promise<string> => {
  const { tenantId, communityId, unitId, householdId } = estate;
  const terms = { chargeTypeCode: 'FINAL_SETTLEMENT', endsOn: '2026-04-01', rule: 'B010' };
  const data = { moveOutId, unitId, householdId, ...terms };
  await service.wire.send(moveOutChargeRequested, { tenantId, communityId, aggregateId: moveOutId, data });
  await service.settle();
  await runTimers(service);
  return moveOutId;
};

const reversed = async (estate: Estate, id: string): Promise<void> => {
  await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
  await runTimers(service);
  expect((await seeRun(service, estate.clerk, id)).status).toBe('REVERSED');
};

const takenBack = (estate: Estate, id: string | undefined, reasonCode: string) =>
  run(service, estate.supervisor, 'reverseCharge', { id, reasonCode }, 'charge { id }');

/** How far the final settlements of a move-out are, oldest first. */
const finals = async (estate: Estate, moveOutId: string): Promise<string[]> =>
  (await chargesFor(service, estate.clerk, moveOutId)).map(({ status }) => status).toReversed();

const verified = async ({ director, communityId }: Estate): Promise<boolean> => {
  const query = `query ($id: ID!) { verifyLedger(communityId: $id) { isIntact } }`;
  const answered = await service.ok<{ verifyLedger: { isIntact: boolean } }>(director, query, { id: communityId });
  return answered.verifyLedger.isIntact;
};

type Fee = { id: string; status: string; outstanding: { amount: number } };
const fees = (estate: Estate): Promise<Fee[]> => {
  const filter = { billingAccountId: estate.billingAccountId, chargeTypeCode: 'MANAGEMENT_FEE' };
  return list<Fee>(service, estate.clerk, 'charges', filter, 'id status outstanding { amount }');
};

describe('a final settlement and a run that is reversed', () => {
  it('[A230] goes on waiting until the same days are charged anew, and is settled when that is paid', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    const wrong = await aPostedRun(service, estate);
    const moveOutId = await moveOut(estate);
    expect(await finals(estate, moveOutId)).toEqual(['OPEN']);
    await reversed(estate, wrong);
    expect(await owedBy(service, estate.billingAccountId)).toBe(0);
    expect(await finals(estate, moveOutId)).toEqual(['OPEN']);
    // Lines that are only looked at are not owed yet, and another kind's charge is none of these days.
    await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '2500', taxRate: '0' });
    const other = await aPostedRun(service, estate, ['CABLE_TV']);
    const preview = await aPreview(service, estate);
    const [cable] = (await seeRun(service, estate.clerk, other)).lines.nodes;
    await takenBack(estate, cable?.id, 'NOT_DUE');
    expect(await finals(estate, moveOutId)).toEqual(['OPEN']);
    await run(service, estate.supervisor, 'postChargeRun', { id: preview });
    await runTimers(service);
    expect(await finals(estate, moveOutId)).toEqual(['OPEN']);
    await aSession(service, estate);
    await aPayment(service, estate, 62_393);
    expect(await finals(estate, moveOutId)).toEqual(['SETTLED']);
    const [final] = await chargesFor(service, estate.clerk, moveOutId);
    expect((await factsOf(service, final?.id ?? '')).map(([fact]) => fact)).toEqual(['raised', 'settled']);
  });

  it('[A230] does not wait where it is asked for anew after the run was reversed', async () => {
    const estate = await anEstate(service);
    // Nothing of the last cycle is left to charge: the tariff ended before it.
    await aTariff(service, estate, { taxRate: '0', validTo: '2026-01-01' });
    const lastYear = { periodFrom: '2025-10-01', periodTo: '2026-01-01', dueOn: '2025-12-31' };
    const wrong = await aPostedRun(service, estate, ['MANAGEMENT_FEE'], lastYear);
    const moveOutId = await moveOut(estate);
    await reversed(estate, wrong);
    const [waiting] = await chargesFor(service, estate.clerk, moveOutId);
    expect(waiting?.status).toBe('OPEN');
    await takenBack(estate, waiting?.id, 'REQUEST_WITHDRAWN');
    await runTimers(service);
    await moveOut(estate, moveOutId);
    expect(await finals(estate, moveOutId)).toEqual(['REVERSED', 'SETTLED']);
  });

  it('[A230] stays settled once it is: what was paid is an advance, which pays the new figure', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    const wrong = await aPostedRun(service, estate);
    const moveOutId = await moveOut(estate);
    await aSession(service, estate);
    await aPayment(service, estate, 62_393);
    expect(await finals(estate, moveOutId)).toEqual(['SETTLED']);
    await reversed(estate, wrong);
    const [paid] = await fees(estate);
    expect(paid).toMatchObject({ status: 'REVERSED', outstanding: { amount: 0 } });
    expect(await balance(service, estate.communityId, 'ADVANCE')).toBe(-62_393);
    // Whoever heard that it was paid hears that it is taken back, in the order of its versions, and only once.
    const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === paid?.id);
    expect(facts.map(({ type, aggregateVersion }) => [type.split('.')[3], aggregateVersion])).toEqual([
      ['settled', 1],
      ['reversed', 2],
    ]);
    expect(facts[1]?.data).toMatchObject({ reasonCode: 'WRONG_TARIFF', fee: { amount: 62_393 } });
    await aPostedRun(service, estate);
    await runTimers(service);
    expect((await fees(estate)).map(({ status }) => status)).toEqual(['SETTLED', 'REVERSED']);
    expect(await owedBy(service, estate.billingAccountId)).toBe(0);
    expect(await balance(service, estate.communityId, 'ADVANCE')).toBe(0);
    expect(await finals(estate, moveOutId)).toEqual(['SETTLED']);
    expect(await verified(estate)).toBe(true);
  });
});

describe('payment notices', () => {
  it('[A254] every household of a run is told what to pay until when, within three days of the posting', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const before = await service.now();
    const id = await aPostedRun(service, estate);
    const seen = await seeRun(service, estate.clerk, id);
    const [deadline] = seen.deadlines;
    expect(deadline).toMatchObject({ kind: 'PAYMENT_NOTICES', rule: 'A254', state: 'MET' });
    const day = new Date(before.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const due = new Date(`${day}T16:00:00Z`).getTime() + 3 * 86_400_000;
    expect(new Date(deadline?.dueAt ?? 0).getTime()).toBe(due);
    const started = new Date(deadline?.warnAt ?? 0).getTime();
    const [{ started_at: startedAt } = { started_at: new Date(0) }] = await service.sql<{ started_at: Date }>(
      'select started_at from deadline where aggregate_id = $1',
      [id],
    );
    expect((started - startedAt.getTime()) / (due - startedAt.getTime())).toBeCloseTo(0.8, 4);
    expect(seen.noticesSentAt).not.toBeNull();
    const told = await service.sql<{ channel: string; params: Record<string, unknown> }>(
      `select channel, params from notification where aggregate_id = $1 and household_id = $2 order by channel`,
      [id, estate.householdId],
    );
    expect(told.map(({ channel }) => channel)).toEqual(['IN_APP', 'SMS']);
    expect(told[0]?.params).toMatchObject({
      amount: 623.93,
      charges: 1,
      dueOn: '2026-03-31',
      periodFrom: '2026-01-01',
      // The last day, as people are told it.
      periodTo: '2026-03-31',
    });
    const query = '{ billingNotifications(first: 5) { nodes { template text } } }';
    type Seen = { billingNotifications: { nodes: { template: string; text: string }[] } };
    const { data } = await service.graphql<Seen>(estate.resident, query, {}, 'zh-CN');
    expect(data?.billingNotifications.nodes[0]?.text).toMatch(/^请于 .*前缴纳 .*共 623\.93 CNY（1 项）。$/);
  });
});
