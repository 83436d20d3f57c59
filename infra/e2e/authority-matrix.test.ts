import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Role, Viewer } from '@steward/auth';
import { definition as complaintsDefinition } from '@steward/complaints';
import { newId } from '@steward/core';
import { communityRegistered } from '@steward/events';
import { definition as hrDefinition } from '@steward/hr';
import { aStaffViewer, openWire, startTestService, type TestService } from '@steward/test-kit';

/** Two services on one broker: what the company enters in hr decides in complaints. */
let hr: TestService;
let complaints: TestService;

const [tenantId, communityId] = [newId(), newId()];
const someone = (role: Role): Viewer => aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });
const [operator, clerk] = [someone('operator'), someone('clerk')];

beforeAll(async () => {
  const prefix = `t${randomBytes(6).toString('hex')}`;
  const options = { env: { NATS_PREFIX: prefix } };
  hr = await startTestService(hrDefinition, options);
  complaints = await startTestService(complaintsDefinition, options);
  const residents = await openWire(prefix);
  const known = { timeZone: 'Asia/Shanghai', locale: 'zh-CN' as const, currency: 'CNY', status: 'ACTIVE' as const };
  const data = { communityId, companyId: tenantId, code: 'AUTH1', ...known };
  await residents.send(communityRegistered, { tenantId, communityId, aggregateId: communityId, data });
  await residents.close();
  await settle();
});
afterAll(async () => {
  await hr?.stop();
  await complaints?.stop();
});

/** Told by the one, heard by the other. */
async function settle(): Promise<void> {
  await hr.settle();
  await complaints.settle();
}

async function mutate<T>(
  service: TestService,
  viewer: Viewer,
  name: string,
  input: object,
  answer: string,
): Promise<T> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
  const document = `mutation ($input: ${type}) { ${name}(input: $input) { ${answer} } }`;
  return (await service.ok<Record<string, T>>(viewer, document, { input }))[name] as T;
}

type Answer = { complaint: { id: string; remedies: { id: string; state: string }[] } };
const complain = async (name: string, input: object): Promise<Answer['complaint']> =>
  (await mutate<Answer>(complaints, clerk, name, input, 'complaint { id remedies { id state } }')).complaint;

/** What becomes of a remedy that a clerk chooses for a new complaint. */
async function chosen(costAmount: number): Promise<string | undefined> {
  const words = { locationText: '3栋', summary: '楼上夜间噪音扰民', course: '连续三晚', demand: '请制止' };
  const contact = { contactName: '张建国', contactPhone: '13812345678' };
  const what = { communityId, channelCode: 'PHONE', categoryCode: 'NOISE', ...words, ...contact };
  const { id } = await complain('registerComplaint', what);
  await complain('routeComplaint', { id, forms: [{ departmentCode: 'SECURITY', content: '请到场制止' }] });
  const remedies = [{ description: '减免物业费', costAmount }];
  const proposed = await complain('proposeComplaintRemedies', { id, explanation: '需定制', means: 'PHONE', remedies });
  const remedyId = proposed.remedies[0]?.id;
  return (await complain('chooseComplaintRemedy', { id, remedyId })).remedies[0]?.state;
}

test('[A207] [A330] a clerk grants what the company lets them, from the grant to its revocation', async () => {
  expect(await chosen(25_000)).toBe('AWAITING_APPROVAL');
  const terms = { action: 'WAIVE_CHARGE', role: 'CLERK', communityId, limitAmount: 25_000, validFrom: '2026-03-02' };
  type Granted = { authorityGrant: { id: string } };
  const granted = await mutate<Granted>(hr, operator, 'grantAuthority', terms, 'authorityGrant { id }');
  await settle();
  expect(await chosen(25_000)).toBe('CHOSEN');
  expect(await chosen(25_001)).toBe('AWAITING_APPROVAL');
  const { id } = granted.authorityGrant;
  await mutate(hr, operator, 'revokeAuthorityGrant', { id }, 'authorityGrant { status }');
  await settle();
  expect(await chosen(25_000)).toBe('AWAITING_APPROVAL');
});
