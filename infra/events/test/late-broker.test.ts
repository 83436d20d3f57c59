import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { newId } from '@steward/core';
import {
  communityRegistered,
  connectNats,
  ensureStream,
  streamName,
  subjectOf,
  toEnvelope,
  type NatsConnection,
} from '@steward/events';
import { definition } from '@steward/hr';
import { aStaffViewer, eventually, startTestService, type TestService } from '@steward/test-kit';

import { startNats } from '../../embedded/nats.mjs';

const prefix = `t${randomBytes(6).toString('hex')}`;
const tenantId = newId();
const director = aStaffViewer({ roles: ['director'], tenantId, communityIds: 'all' });
const registerDepartment = `mutation($input: RegisterDepartmentInput!) { registerDepartment(input: $input) { department { id } } }`;

let service: TestService;
let port: number;
let storeDir: string;
let broker: Awaited<ReturnType<typeof startNats>> | undefined;
let nats: NatsConnection | undefined;

beforeAll(async () => {
  storeDir = mkdtempSync(path.join(tmpdir(), 'steward-late-broker-'));
  // Makes the port and the password known, and leaves nobody listening.
  const first = await startNats({ storeDir });
  ({ port } = first);
  await first.stop();
  const env = { NATS_URL: first.url, NATS_PREFIX: prefix };
  service = await startTestService(definition, { env });
}, 30_000);
afterAll(async () => {
  await nats?.close();
  await service?.stop();
  await broker?.stop();
  rmSync(storeDir, { recursive: true, force: true });
}, 30_000);

const register = (code: string) =>
  service.ok<{ registerDepartment: { department: { id: string } } }>(director, registerDepartment, {
    input: { code, name: code },
  });
const ready = async (): Promise<{ code: number; status: string }> => {
  const response = await fetch(`${service.url()}/health/ready`);
  return { code: response.status, ...((await response.json()) as { status: string }) };
};
const unsent = async (): Promise<number> =>
  (await service.sql<{ count: number }>('select count(*)::int from outbox_delivery where published_at is null'))[0]
    ?.count ?? -1;

/** A fact as residents would send it over the broker that came late. */
async function tellOfCommunity(connection: NatsConnection): Promise<string> {
  const communityId = newId();
  const code = communityId.slice(-6);
  const place = { timeZone: 'Asia/Shanghai', locale: 'zh-CN' as const, currency: 'CNY', status: 'ACTIVE' as const };
  const event = toEnvelope('residents', {
    id: newId(),
    tenant_id: tenantId,
    community_id: communityId,
    aggregate_type: communityRegistered.aggregate,
    aggregate_id: communityId,
    aggregate_version: 1,
    type: communityRegistered.type,
    occurred_at: new Date(),
    traceparent: null,
    data: { communityId, companyId: tenantId, code, ...place },
  });
  await ensureStream(connection, prefix, 'residents');
  await jetstream(connection).publish(subjectOf(prefix, communityRegistered.type), JSON.stringify(event));
  return communityId;
}

test('a service starts without the broker, takes commands, and catches up when it comes', async () => {
  const { registerDepartment: early } = await register('EARLY');
  expect(await ready()).toEqual({ code: 200, status: 'degraded: broker unavailable' });
  await service.restart();
  expect(await unsent()).toBe(1);

  broker = await startNats({ storeDir, port });
  const connection = await connectNats(broker.url);
  nats = connection;
  const manager = await jetstreamManager(connection);
  const message = await eventually(
    () => manager.streams.getMessage(streamName(prefix, 'hr'), { seq: 1 }).catch(() => null),
    { timeoutMs: 20_000, what: 'the event of the command before the broker' },
  );
  expect(message.json()).toMatchObject({ subject: early.department.id, type: 'steward.hr.department.registered.v1' });
  await eventually(async () => (await unsent()) === 0, { what: 'nothing waits in the outbox' });

  const communityId = await tellOfCommunity(connection);
  const kept = (): Promise<object[]> => service.sql('select 1 from community_reference where id = $1', [communityId]);
  await eventually(async () => (await kept()).length === 1, { timeoutMs: 20_000, what: 'the consumer reads' });
  expect(await ready()).toEqual({ code: 200, status: 'ok' });
}, 90_000);
