import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { DemoAccount } from '../demo/accounts.ts';
import { exportCommand } from '../export/export-command.ts';
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

type Page = { nodes: Entry[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

/** Everything that happened to the household, by one query, page after page; newest first. */
async function timeline(who: DemoAccount): Promise<Entry[]> {
  const document = `query ($id: ID!, $after: String) { household(id: $id) { timeline(first: 100, after: $after) {
    nodes { at what { code label } subjectType number } pageInfo { hasNextPage endCursor } } } }`;
  const entries: Entry[] = [];
  for (let after: string | null = null; ;) {
    type Answer = { household: { timeline: Page } };
    const variables: object = { id: stage.home.householdId, after };
    const { household }: Answer = await stage.graph.graphql<Answer>(who, document, variables);
    entries.push(...household.timeline.nodes);
    if (!household.timeline.pageInfo.hasNextPage) return entries;
    after = household.timeline.pageInfo.endCursor;
  }
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

  describe('what is held of its owner', () => {
    let directory: string;
    beforeAll(async () => {
      directory = mkdtempSync(path.join(tmpdir(), 'steward-person-'));
      const { communityId, graph, home, director, supervisor, act } = stage;
      type Hired = { staffMembers: { nodes: { id: string }[] } };
      const hired = await graph.graphql<Hired>(director, '{ staffMembers(first: 1) { nodes { id } } }');
      const staffId = hired.staffMembers.nodes[0]?.id;
      const visits = { communityId, month: '2026-12', staffId, householdIds: [home.householdId] };
      await act(supervisor, 'planVisits', 'visitPlan', visits, 'id');
    }, 60_000);
    afterAll(() => {
      delete process.env['STEWARD_TOKEN'];
      rmSync(directory, { recursive: true, force: true });
    });

    type Held = Record<string, { number: string }[]> & { person: { contact: { name: string } | null } };

    /** Runs `npm run export -- person` as the director; answers what it wrote and said. */
    async function exported(...more: string[]) {
      process.env['STEWARD_TOKEN'] = await platform.token(stage.director);
      const file = path.join(directory, 'person.json');
      const said: string[] = [];
      const of = ['--person', stage.home.personId, '--gateway', platform.gatewayUrl, '--locale', 'en', ...more];
      const code = await exportCommand(['person', file, ...of], { say: (line) => void said.push(line) });
      expect({ code, said: code === 0 ? [] : said }).toEqual({ code: 0, said: [] });
      const isPrivate = (statSync(file).mode & 0o777) === 0o600;
      return { held: JSON.parse(readFileSync(file, 'utf8')) as Held, said: said.at(-1), isPrivate };
    }

    test('is collected from every service into a file for their eyes alone', async () => {
      const { held, isPrivate } = await exported();
      const filled = Object.keys(held).filter((name) => !Array.isArray(held[name]) || held[name].length > 0);
      expect(filled).toEqual(
        expect.arrayContaining([
          'person',
          'households',
          'moveIns',
          'custodies',
          'decorations',
          'passes',
          'workOrders',
          'complaints',
          'accountsOfHouseholds',
          'charges',
          'visits',
          'timelines',
        ]),
      );
      expect([isPrivate, held.person.contact]).toEqual([true, null]);
    });

    test('shows the contact in clear for a reason that is kept', async () => {
      const { held, said } = await exported('--reason', 'the owner asked for it');
      expect(held.person.contact?.name).toMatch(/^Owner/);
      expect(said).toContain('1 persons in clear');
      const kept = await platform.sql('residents', stage.director.claims.tenantId, 'select fields from reveal_log');
      expect(kept).toEqual([{ fields: expect.arrayContaining(['name']) }]);
    });
  });
});
