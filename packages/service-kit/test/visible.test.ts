import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, startTestService, type TestService } from '@steward/test-kit';

import { buildServiceSchema } from '../src/index.ts';
import { lightLamp } from './lamps-fixture.ts';
import { lamps } from './sample-lamps.ts';
import { sample } from './sample-service.ts';

type Listed = { everyLamp: { nodes: { id: string }[]; totalCount: number } };
type Lit = { lightLamp: { lamp: { id: string } } };

const tenantId = newId();
const [here, there] = [newId(), newId()];
const staffOf = (role: 'maintenance' | 'guard', communityIds: string[] | 'all') =>
  aStaffViewer({ roles: [role], tenantId, communityIds });
const resident = aResidentViewer({ tenantId, communityIds: [here] });

let service: TestService;
let [ours, theirs, residents] = ['', '', ''];

beforeAll(async () => {
  service = await startTestService(sample);
  const light = async (communityId: string, personId?: string): Promise<string> => {
    const input = { communityId, watts: 1, ownerName: 'A', personId };
    const { lightLamp: lit } = await service.ok<Lit>(staffOf('maintenance', 'all'), lightLamp, { input });
    return lit.lamp.id;
  };
  ours = await light(here);
  theirs = await light(there);
  residents = await light(here, resident.personId);
});
afterAll(() => service?.stop());

describe('a list that confines itself to nothing', () => {
  const cases: [string, Viewer, () => string[]][] = [
    ['staff of one community', staffOf('maintenance', [here]), () => [ours, residents]],
    ['staff of all communities', staffOf('maintenance', 'all'), () => [ours, residents, theirs]],
    ['staff of no community', staffOf('maintenance', []), () => []],
    ['staff whose role has no grant', staffOf('guard', 'all'), () => []],
    ['a resident of the community', resident, () => [residents]],
    ['another resident of it', aResidentViewer({ tenantId, communityIds: [here] }), () => []],
    ['staff of another company', aStaffViewer({ roles: ['maintenance'], communityIds: 'all' }), () => []],
  ];

  test.each(cases)(
    'shows %s what the access row of its type shows, and counts no more',
    async (_name, viewer, seen) => {
      const { everyLamp } = await service.ok<Listed>(viewer, '{ everyLamp { nodes { id } totalCount } }');
      expect(everyLamp.nodes.map(({ id }) => id).sort()).toEqual(seen().sort());
      expect(everyLamp.totalCount).toBe(seen().length);
    },
  );
});

test('a type that some see as their own does not start without saying in SQL whose its rows are', () => {
  const { listSubject: _forgotten, ...silent } = lamps;
  expect(() => buildServiceSchema({ ...sample, aggregates: [silent] })).toThrow(/'own' without a listSubject.*Lamp/);
});
