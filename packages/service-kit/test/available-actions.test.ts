import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { aResidentViewer, startTestService, type TestService } from '@steward/test-kit';

import { refusalOf } from '../src/index.ts';
import { lampsOf, supervisor, tenantId, worker } from './lamps-fixture.ts';
import { sample } from './sample-service.ts';

type Refusal = { code: string; reason: string; rule: string | null };
type Answer = { lamp: { availableActions: { action: string; allowed: boolean; refusal: Refusal | null }[] } };

let service: TestService;
beforeAll(async () => {
  service = await startTestService(sample);
});
afterAll(() => service?.stop());

describe('available actions', () => {
  const resident = aResidentViewer({ tenantId });
  const denied = { code: 'FORBIDDEN', reason: 'ACCESS_DENIED', rule: null };
  const actionsOf = async (viewer: Viewer, watts: number) => {
    const { id } = await lampsOf(service).light({ watts, personId: resident.personId });
    const document = `query($id: ID!) { lamp(id: $id) { availableActions { action allowed refusal { code reason rule } } } }`;
    const { lamp } = await service.ok<Answer>(viewer, document, { id });
    return Object.fromEntries(
      lamp.availableActions.map(({ action, refusal, allowed }) => [action, refusal ?? allowed]),
    );
  };

  test('are judged by the row of the mutation first', async () => {
    const allButPolicy = { setLampPolicy: denied, pauseLamp: true, dimLamp: true, inspectLamp: true };
    expect(await actionsOf(worker, 60)).toEqual(allButPolicy);
    expect(await actionsOf(supervisor, 60)).toMatchObject({ setLampPolicy: true, dimLamp: true });
  });
  test('are refused by the state, whether its rule answers or throws', async () => {
    expect(await actionsOf(worker, 0)).toMatchObject({
      pauseLamp: true,
      dimLamp: { code: 'CONFLICT', reason: 'TEST', rule: 'T002' },
      inspectLamp: { code: 'CONFLICT', reason: 'TEST', rule: 'T003' },
    });
  });
  test('tell who may not act nothing of the state', async () => {
    const nothing = { setLampPolicy: denied, pauseLamp: denied, dimLamp: denied, inspectLamp: denied };
    expect(await actionsOf(resident, 0)).toEqual(nothing);
  });
});

test('an error that is no refusal goes on', () => {
  const broken = (): never => {
    throw new TypeError('broken');
  };
  expect(() => refusalOf(broken)).toThrow(TypeError);
});
