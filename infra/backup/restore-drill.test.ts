import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { eventually } from '@steward/test-kit';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ask, contentsOf, openDrill, type Drill } from './drill.ts';

const register = `mutation ($input: RegisterCommunityInput!) { registerCommunity(input: $input) { community { id } } }`;
const update = `mutation ($input: UpdateCommunityInput!) { updateCommunity(input: $input) { community { version } } }`;
const company = `mutation ($input: RegisterCompanyInput!) { registerCompany(input: $input) { company { id } } }`;
/** Services that read communities, each by the reader of its own name; named projections beside them do the same. */
const readers = ['hr', 'work-orders'];

/** Each step starts servers; on a busy machine that takes its time. */
const stepMilliseconds = 180_000;

describe('the restore drill', () => {
  let drill: Drill;
  const [first, second] = [newId(), newId()];
  const kept = { file: '', late: '' };
  const points = { instant: '', atThen: {}, atEnd: {} };

  beforeAll(async () => {
    drill = await openDrill();
    kept.file = path.join(drill.dataDir, 'files', 'residents', 'ab', newId());
    kept.late = path.join(drill.dataDir, 'outgoing', 'hr', `${newId()}.json`);
  });
  afterAll(() => drill.remove());

  /** How far the readers of a community's facts have come. */
  const positions = (community: string): Promise<number[]> =>
    drill.withDatabases(async (urlOf) => {
      const text = 'select version from consumer_position where aggregate_id = $1 and consumer = $2';
      const found = readers.map((service) => ask<{ version: number }>(urlOf(service), text, [community, service]));
      return (await Promise.all(found)).map((rows) => rows[0]?.version ?? 0);
    });

  const untilRead = (community: string, version: number): Promise<boolean> =>
    eventually(async () => (await positions(community)).every((position) => position === version), {
      timeoutMs: 60_000,
      what: `version ${version} of the community at its readers`,
    });

  const parked = (): Promise<[string, number, string, string][]> =>
    drill.withDatabases(async (urlOf) => {
      const text = `select aggregate_id as id, aggregate_version as version, state, reason from parked_event
                    where state <> 'DROPPED' and consumer = $1 order by aggregate_version, aggregate_id`;
      type Parked = { id: string; version: number; state: string; reason: string };
      const found = await Promise.all(readers.map((service) => ask<Parked>(urlOf(service), text, [service])));
      return found.flat().map(({ id, version, state, reason }) => [id, version, state, reason]);
    });

  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };

  const rename = (id: string, name: string): Promise<unknown> => drill.graphql(update, { input: { id, name } });

  test(
    'a backup of the running platform, and facts after it',
    async () => {
      await drill.start();
      await drill.graphql(company, { input: { name: '安居物业' } });
      await drill.graphql(register, { input: { id: first, code: 'DRILL1', name: '甲' } });
      write(kept.file, 'a photograph');
      const { code, text } = await drill.backup('--with-keys', path.join(drill.dataDir, '..', 'keys'));
      expect([code, text]).toEqual([0, expect.stringContaining('MB of databases, 1 new files')]);
      await rename(first, '乙');
      await untilRead(first, 2);
      points.atThen = await contentsOf(drill);
      const now = await drill.withDatabases((urlOf) =>
        ask<{ now: Date }>(urlOf('hr'), 'select clock_timestamp() as now'),
      );
      points.instant = now[0]?.now.toISOString() ?? '';
      await rename(first, '丙');
      await drill.graphql(register, { input: { id: second, code: 'DRILL2', name: '丁' } });
      write(kept.late, '{}');
      await untilRead(first, 3);
      await untilRead(second, 1);
      const [settings] = await drill.withDatabases((urlOf) =>
        ask<{ seconds: number }>(
          urlOf('hr'),
          `select setting::int as seconds from pg_settings where name = 'archive_timeout'`,
        ),
      );
      expect(settings?.seconds).toBeGreaterThan(0);
      expect(settings?.seconds).toBeLessThanOrEqual(300);
    },
    stepMilliseconds,
  );

  test(
    'is refused while the platform runs, and without --replace where databases are',
    async () => {
      expect((await drill.restore('--replace')).text).toContain('is in use by the process');
      points.atEnd = await contentsOf(drill);
      await drill.crash();
      const { code, text } = await drill.restore();
      expect([code, text]).toEqual([1, expect.stringContaining('add --replace')]);
    },
    stepMilliseconds,
  );

  test(
    'after a crash everything comes back, to the last fact',
    async () => {
      rmSync(kept.file);
      const { code, text } = await drill.restore('--replace');
      expect([code, text]).toEqual([0, expect.stringContaining('1 files brought back')]);
      expect(await contentsOf(drill)).toEqual(points.atEnd);
      expect(readFileSync(kept.file, 'utf8')).toBe('a photograph');
    },
    stepMilliseconds,
  );

  test(
    "one service's database goes back beside newer ones: its readers notice and wait for an operator",
    async () => {
      const { code, text } = await drill.restore('--service', 'residents', '--until', points.instant);
      expect([code, text]).toEqual([0, expect.stringContaining('residents: 2 facts are newer than its database')]);
      await drill.start();
      const expected = [
        [second, 0, 'FAILED', 'LOG_REWOUND'],
        [first, 2, 'FAILED', 'LOG_REWOUND'],
      ];
      await eventually(async () => (await parked()).length === 4, { timeoutMs: 60_000, what: 'the markers' });
      expect(await parked()).toEqual([...expected, ...expected]);
      const lost = await drill.events('lost', '--publisher', 'residents');
      expect(lost.text.trim().split('\n')).toEqual([
        expect.stringContaining(`steward.residents.community.updated.v1  ${first}@3`),
        expect.stringContaining(`steward.residents.community.registered.v1  ${second}@1`),
      ]);
      await rename(first, '戊');
      await eventually(async () => (await parked()).length === 6, { timeoutMs: 60_000, what: 'the new fact' });
      expect(await positions(first)).toEqual([2, 2]);
      expect((await drill.events('parked', 'retry', '--all', '--reason', 'LOG_REWOUND')).code).toBe(0);
      await untilRead(first, 3);
      expect(await parked()).toEqual([]);
      await drill.stop();
    },
    stepMilliseconds,
  );

  test(
    'all databases go back to a point in time',
    async () => {
      const { code, text } = await drill.restore('--replace', '--until', points.instant);
      expect([code, text]).toEqual([0, expect.stringContaining('residents: 1 facts are newer than its database')]);
      expect(await contentsOf(drill)).toEqual(points.atThen);
      expect(existsSync(kept.late)).toBe(true);
    },
    stepMilliseconds,
  );

  test(
    'a point that the log does not reach is named',
    async () => {
      const { code, text } = await drill.restore('--replace', '--until', '2099-01-01T00:00:00Z');
      expect([code, text]).toEqual([1, expect.stringMatching(/The log ends at .*: restore without --until/)]);
    },
    stepMilliseconds,
  );
});
