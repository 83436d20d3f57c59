import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { lookAtPass, onPass, refusedOnPass, residentOf, staffOf } from './passes-fixture.ts';
import { aCompany, aHousehold, factsAfter, startResidents, type Company, type Entered } from './residents-fixture.ts';

let service: TestService;
let company: Company;
let home: Entered;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  home = await aHousehold(service, company);
});
afterAll(() => service?.stop());

const aBusPass = () =>
  onPass(service, company.clerk, 'requestPass', { householdId: home.id, kind: 'BUS', holderName: '王芳' });

describe('suspendPass, resumePass and withdrawPass', () => {
  it('[A224] stop a pass, let it go on and end it', async () => {
    const { id, code } = await aBusPass();
    const reasonCode = 'LOST_CARD';
    const stopped = await onPass(service, company.clerk, 'suspendPass', { id, reasonCode });
    expect(stopped).toMatchObject({ status: 'SUSPENDED', code: null, reason: { code: reasonCode } });
    const again = await refusedOnPass(service, company.clerk, 'suspendPass', { id, reasonCode });
    expect(again).toMatchObject({ code: 'CONFLICT', reason: 'ILLEGAL_TRANSITION', rule: 'A224' });
    const resumed = await onPass(service, company.clerk, 'resumePass', { id });
    expect(resumed).toMatchObject({ status: 'VALID', code, reason: null });
    expect(await refusedOnPass(service, company.clerk, 'resumePass', { id })).toMatchObject({ rule: 'A224' });
    const owner = residentOf(company, home.personId);
    const ended = await onPass(service, owner, 'withdrawPass', { id, reasonCode: 'NO_LONGER_NEEDED' });
    expect(ended).toMatchObject({
      status: 'WITHDRAWN',
      history: { nodes: [{ action: 'withdrawPass', rule: 'A224' }, {}, {}, {}] },
    });
    expect((await factsAfter(service, id, 1)).map(([type]) => type)).toEqual([
      'pass.suspended.v1',
      'pass.resumed.v1',
      'pass.withdrawn.v1',
    ]);
    expect(await refusedOnPass(service, owner, 'withdrawPass', { id, reasonCode })).toMatchObject({ rule: 'A224' });
  });

  it.each(['suspendPass', 'withdrawPass'])('%s takes a code for its reason', async (name) => {
    const { id } = await aBusPass();
    const refusal = await refusedOnPass(service, company.clerk, name, { id, reasonCode: '弄丢了' });
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'REASON_CODE_MALFORMED', rule: 'A224' });
  });

  it('[A224] are for the desk, and the withdrawal for the household too', async () => {
    const { id } = await aBusPass();
    const allowedTo = async (viewer: Parameters<typeof lookAtPass>[1]) =>
      (await lookAtPass(service, viewer, id))?.availableActions
        .filter(({ allowed }) => allowed)
        .map(({ action }) => action);
    expect(await allowedTo(company.clerk)).toEqual(['suspendPass', 'withdrawPass']);
    expect(await allowedTo(residentOf(company, home.personId))).toEqual(['withdrawPass']);
    expect(await allowedTo(staffOf(company, 'guard'))).toEqual(['verifyPass']);
    expect(
      await refusedOnPass(service, staffOf(company, 'guard'), 'suspendPass', { id, reasonCode: 'X1' }),
    ).toMatchObject({
      reason: 'ACCESS_DENIED',
    });
  });
});
