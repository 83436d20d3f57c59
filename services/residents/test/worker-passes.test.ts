import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { act, anEstate, aScan, permitted, type Estate } from './decoration-fixture.ts';
import { aGate, lookAtPass, onPass, refusedOnPass } from './passes-fixture.ts';
import { factsAfter, startResidents } from './residents-fixture.ts';

let service: TestService;
let estate: Estate;
let decorationId: string;
let pass: { id: string; code: string | null; validFrom: string };

beforeAll(async () => {
  service = await startResidents();
  estate = await anEstate(service);
  decorationId = await permitted(service, estate);
  const asked = `query ($id: ID!) { decoration(id: $id) { passes { id code validFrom } } }`;
  type Answer = { decoration: { passes: { id: string; code: string; validFrom: string }[] } };
  const { decoration } = await service.ok<Answer>(estate.clerk, asked, { id: decorationId });
  const [first] = decoration.passes;
  if (first === undefined) throw new Error('a permitted decoration has a pass');
  pass = first;
  await service.move({ set: new Date(pass.validFrom) });
});
afterAll(() => service?.stop());

const aPhoto = async () => [await aScan(service, estate, estate.guard, 'PHOTO')];

describe('the pass of a worker', () => {
  it('[A086] opens the gate until a stop order, and again once it is lifted', async () => {
    const gate = await aGate(service, estate);
    const shown = { communityId: estate.communityId, code: pass.code, gateId: gate.id, isMatching: true };
    expect(await onPass(service, estate.guard, 'verifyPass', shown)).toMatchObject({ kind: 'WORKER', status: 'VALID' });
    // Suspended by hand before, it must not be resumed by hand while the work is stopped.
    await onPass(service, estate.clerk, 'suspendPass', { id: pass.id, reasonCode: 'NOISE' });
    const found = {
      decorationId,
      kind: 'WASTE',
      note: '垃圾堆在楼道',
      isStopOrder: true,
      photoFileIds: await aPhoto(),
    };
    const { id } = await act(service, estate.guard, 'registerDecorationViolation', found);
    expect(await refusedOnPass(service, estate.guard, 'verifyPass', shown)).toMatchObject({
      code: 'CONFLICT',
      reason: 'PASS_SUSPENDED',
      rule: 'A086',
    });
    expect(await refusedOnPass(service, estate.clerk, 'resumePass', { id: pass.id })).toMatchObject({
      reason: 'PASS_OF_PROCEDURE',
      rule: 'A086',
    });
    await act(service, estate.owner, 'reportDecorationViolationRemedied', { id });
    const done = { id, isRemedied: true, resolution: 'RESTORED', photoFileIds: await aPhoto() };
    await act(service, estate.guard, 'checkDecorationViolation', done);
    expect((await lookAtPass(service, estate.guard, pass.id))?.status).toBe('VALID');
    expect(await onPass(service, estate.guard, 'verifyPass', shown)).toMatchObject({ status: 'VALID', reason: null });
    const facts = (await factsAfter(service, pass.id, 0)).map(([type]) => type.split('.')[1]);
    expect(facts).toEqual(['issued', 'verified', 'suspended', 'suspended', 'resumed', 'verified']);
  });
});
