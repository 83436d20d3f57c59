import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { startTestService, testServers, type ServiceSeed } from '@steward/test-kit';
import pg from 'pg';

import { seededRandom } from '../demo/seeded-random.ts';
import { findSeeds, seedlessIn } from './find-seeds.ts';
import { interfacesOf, judgedOf, judgeService, unseededTypes, type Pick } from './matrix/judge-service.ts';
import type { Tally } from './matrix/tally.ts';
import { formsOf, markersIn, newMarkers } from './privacy/markers.ts';
import { provePrivacy } from './privacy/prove-privacy.ts';
import { startSeeded, type SeededService } from './rig.ts';
import { proveTenancy } from './tenancy/prove-tenancy.ts';

/** The same cells and calls each time, so that a run can be repeated; the whole is `npm run prove:matrix`, `prove:tenancy` and `prove:privacy`. */
const drawn = 20_779;

/** A share of each part's cells, but never none. */
const share = (part: number): Pick => {
  const random = seededRandom(drawn);
  return (cells) => {
    const picked = cells.filter(() => random.chance(part));
    return picked.length > 0 ? picked : cells.slice(0, 1);
  };
};

const seeds = await findSeeds();
const running = new Map<string, SeededService>();

beforeAll(async () => {
  await Promise.all(seeds.map(async (seed) => running.set(seed.definition.name, await startSeeded(seed))));
}, 600_000);
afterAll(async () => {
  for (const { service } of running.values()) await service.stop();
});

const judgedBy = (seed: ServiceSeed) => {
  const { service, company } = running.get(seed.definition.name) as SeededService;
  return judgedOf(seed, service, company);
};

describe('every service', () => {
  test('says what its test data are', () => {
    const root = mkdtempSync(path.join(tmpdir(), 'steward-seeds-'));
    for (const file of ['with/src/service.ts', 'with/test/seed.ts', 'without/src/service.ts', 'no-service/test/a.ts']) {
      mkdirSync(path.join(root, 'services', path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, 'services', file), '');
    }
    expect(seedlessIn(root)).toEqual(['without']);
    rmSync(root, { recursive: true });
  });
  test.each(seeds)(
    '$definition.name has an object of each guarded type but those it names, and no interface',
    (seed) => {
      const judged = judgedBy(seed);
      expect({ unseeded: unseededTypes(judged).toSorted(), interfaces: interfacesOf(judged) }).toEqual({
        unseeded: [...(seed.unseeded ?? [])].toSorted(),
        interfaces: [],
      });
    },
  );
});

describe('a share of the authorisation matrix', () => {
  test.each(seeds)(
    'of $definition.name is as the table says',
    async (seed) => {
      const tally = await judgeService(judgedBy(seed), share(0.012));
      expect(tally.failures).toEqual([]);
      expect(tally.cells).toBeGreaterThan(50);
    },
    180_000,
  );

  describe('finds', () => {
    /** The complaints with other access than their table says. */
    async function judgeWith(access: ServiceSeed['definition']['access']): Promise<Tally> {
      const seed = (await findSeeds('complaints'))[0] as ServiceSeed;
      const service = await startTestService({ ...seed.definition, access: { ...seed.definition.access, ...access } });
      try {
        const company = await seed.seed(service);
        return await judgeService(judgedOf(seed, service, company), (cells) =>
          cells.filter(({ cell }) => cell.role === 'maintenance' && ['community', 'elsewhere'].includes(cell.standing)),
        );
      } finally {
        await service.stop();
      }
    }
    const everybody = [{ roles: 'any', relation: 'tenant' }] as const;

    test('what is shown, offered and done beyond the table', async () => {
      const { failures } = await judgeWith({
        Complaint: everybody,
        'Complaint.contactName': everybody,
        'Query.complaintStatistics': everybody,
        'Mutation.withdrawComplaint': everybody,
        'Mutation.stopComplaintHarm': 'nobody',
      });
      const found = new Set(failures.map(({ where }) => where));
      const expected = [
        'Complaint.contactName',
        'Complaint.availableActions/withdrawComplaint',
        'Mutation.stopComplaintHarm',
        'Mutation.withdrawComplaint',
        'Query.complaint',
        'Query.complaints',
        'Query.complaintStatistics',
      ];
      expect(expected.filter((where) => !found.has(where))).toEqual([]);
    });
  });
});

describe('a share of the calls from another company', () => {
  const targets = () =>
    seeds.map((seed) => ({ judged: judgedBy(seed), sent: (running.get(seed.definition.name) as SeededService).sent }));

  test('shows and changes nothing of the company that is called on', async () => {
    const { failures, control, calls } = await proveTenancy(targets(), { count: 400, seed: drawn });
    expect({ failures, calls }).toEqual({ failures: [], calls: 400 });
    expect(control).toBeGreaterThan(0);
  }, 180_000);

  test('shows and changes something once the caller is of that company', async () => {
    const [target] = targets();
    if (target === undefined) throw new Error('there is no service');
    const { home } = target.judged;
    const { failures } = await proveTenancy([target], { count: 80, seed: drawn, abroad: home.tenantId });
    expect(failures.some((failure) => failure.includes('showed'))).toBe(true);
  }, 180_000);
});

describe('personal data', () => {
  let work: string;
  beforeAll(() => {
    work = mkdtempSync(path.join(tmpdir(), 'steward-privacy-'));
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('is found in each form in which it might lie about', () => {
    const markers = newMarkers();
    const around = (form: Buffer): Buffer => Buffer.concat([Buffer.from(newId()), form, Buffer.from(newId())]);
    for (const name of ['word', 'phone', 'identity'] as const) {
      for (const form of formsOf(markers[name])) expect(markersIn(around(form), markers)).toEqual([name]);
      const told = JSON.stringify({ name: `张${markers[name]}`, other: 1 });
      for (const before of ['', 'a', 'ab']) {
        for (const encoding of ['base64', 'base64url', 'hex', 'utf16le'] as const) {
          const text = Buffer.from(before + told).toString(encoding);
          const data = encoding === 'utf16le' ? Buffer.from(before + told, encoding) : Buffer.from(text);
          expect(markersIn(data, markers)).toEqual([name]);
        }
      }
      expect(markersIn(Buffer.from(markers[name].slice(0, -1)), markers)).toEqual([]);
    }
  });

  test('lies nowhere in clear: rows, files, write-ahead log, streams, logs, errors', async () => {
    const client = new pg.Client({ connectionString: testServers().postgres });
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    await client.end();
    const cluster = rows[0]?.data_directory ?? '';
    const nats = path.join(path.dirname(path.dirname(cluster)), 'nats');
    // One service, of those whose seeds hold people.
    const withPeople = ['complaints', 'residents', 'work-orders'];
    const name = withPeople[drawn % withPeople.length] ?? '';
    const { failures, services, searched } = await provePrivacy([name], { servers: [cluster, nats], work });
    expect(failures).toEqual([]);
    expect(services[name]?.readInClear).toBeGreaterThan(0);
    expect(searched['rows']).toBeGreaterThan(1_000);
    expect(searched['nats']).toBeGreaterThan(1_000);
  }, 300_000);
});
