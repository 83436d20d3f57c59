import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { DemoAccount } from '../demo/accounts.ts';
import { openGraph } from './graph-client.ts';
import { complain, type SeenComplaint } from './household-complaint.ts';
import { decorate, lookAfter, moveIn } from './household-procedures.ts';
import { setStage, type Stage } from './household-stage.ts';
import { startPlatform, type Platform } from './platform.ts';

let platform: Platform;
let stage: Stage;
let movedIn: Awaited<ReturnType<typeof moveIn>>;
let custody: Awaited<ReturnType<typeof lookAfter>>;
let decoration: Awaited<ReturnType<typeof decorate>>;
let complaint: SeenComplaint;

/** A Monday in Shanghai, 9:00. */
const startsAt = '2026-03-02T01:00:00Z';

beforeAll(async () => {
  platform = await startPlatform({ servers: 'shared', isMulti: false, startsAt });
  stage = await setStage(platform, openGraph(platform));
  movedIn = await moveIn(stage);
  custody = await lookAfter(stage);
  decoration = await decorate(stage);
  complaint = await complain(stage);
  await stage.settled();
}, 300_000);

afterAll(async () => {
  await stage?.close();
  await platform?.stop();
});

type Entry = { what: { code: string; label: string }; subjectType: string; number: string | null; at: string };

/** Everything that happened to the household, in one query; newest first. */
async function timeline(who: DemoAccount): Promise<Entry[]> {
  const document = `query ($id: ID!) { household(id: $id) { timeline(first: 100) {
    nodes { at what { code label } subjectType number } } } }`;
  type Answer = { household: { timeline: { nodes: Entry[] } } };
  const { household } = await stage.graph.graphql<Answer>(who, document, { id: stage.home.householdId });
  return household.timeline.nodes;
}

describe('the life of a household', () => {
  test('it moves in: two defects, the developer repairs them, a second acceptance closes it', () => {
    expect(movedIn.early).toBe('ILLEGAL_TRANSITION');
    expect(movedIn.defects.map(({ state }) => state)).toEqual(['ORDERED', 'ORDERED']);
    expect(movedIn.responsible).toEqual(['DEVELOPER_WARRANTY', 'DEVELOPER_WARRANTY']);
    expect(movedIn.repaired.map(({ state }) => state)).toEqual(['DONE', 'DONE']);
    expect(movedIn.closed).toBe('CLOSED');
  });

  test('its empty flat is looked after at seven tenths of the fee', () => {
    expect(custody).toMatchObject({ status: 'ENDED', managementFeeShare: '0.70' });
    expect(custody.patrols).toContainEqual({ kind: 'WEEKLY', status: 'DONE' });
  });

  test('its structure is not touched before the authority has allowed it', () => {
    expect(decoration.refusal).toEqual({
      reason: 'AUTHORITY_APPROVAL_MISSING',
      rule: 'A085',
      violations: ['AUTHORITY_APPROVAL_MISSING A085'],
    });
    expect([decoration.permitted, decoration.passes]).toEqual(['PERMITTED', 1]);
  });

  test('a leak becomes a major complaint that reaches the director, is handled twice and archived', () => {
    expect(complaint.early).toEqual(['ILLEGAL_TRANSITION']);
    expect(complaint.breached).toContainEqual({ kind: 'DIRECTOR_REFERRAL', rule: 'A094', state: 'BREACHED' });
    expect(complaint.told).toEqual(expect.arrayContaining(['supervisor', 'director']));
    expect(complaint.leak).toBe('CLOSED');
    expect(complaint.reopened).toBe('HANDLING');
    expect(complaint.archived).toBe('ARCHIVED');
    const last = (kind: string) => complaint.clocks.findLast((clock) => clock.kind === kind)?.state;
    expect([last('ANSWER'), last('SOLUTION'), last('RESULT_TELLING'), last('RETURN_VISIT')]).toEqual(
      Array.from({ length: 4 }, () => 'MET'),
    );
  });

  test('all of it is read back in one query, newest first', async () => {
    const entries = await timeline(stage.clerk);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
    const chapters = [
      'COMPLAINT_ARCHIVED',
      'COMPLAINT_RESOLVED',
      'COMPLAINT_REFERRED',
      'COMPLAINT_DEADLINE_BREACHED',
      'COMPLAINT_REGRADED',
      'COMPLAINT_REGISTERED',
      'DECORATION_PERMIT_ISSUED',
      'DECORATION_AUTHORITY_APPROVED',
      'DECORATION_APPLIED',
      'CUSTODY_ENDED',
      'CUSTODY_STARTED',
      'MOVE_IN_CLOSED',
      'MOVE_IN_DEFECT_FOUND',
      'MOVE_IN_OPENED',
    ];
    const codes = entries.map(({ what }) => what.code);
    const places = chapters.map((code) => codes.indexOf(code));
    expect(places.includes(-1) ? [codes, chapters.filter((code) => !codes.includes(code))] : places).toEqual(
      places.toSorted((a, b) => a - b),
    );
    expect([...new Set(entries.map(({ subjectType }) => subjectType))]).toEqual(
      expect.arrayContaining(['move-in', 'custody', 'decoration', 'work-order', 'complaint']),
    );
    // What the company says to itself is not for the resident.
    const seen = (await timeline(stage.owner)).map(({ what }) => what.code);
    expect(seen).toContain('COMPLAINT_ARCHIVED');
    expect(seen).not.toContain('COMPLAINT_DEADLINE_BREACHED');
  });
});
