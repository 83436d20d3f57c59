import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { eventually } from '@steward/test-kit';

import { openEventRig, type EventRig } from '../rig/event-rig.ts';
import { startKillableServers, type KillableServers } from '../rig/killable-servers.ts';

const parcels = Array.from({ length: 12 }, () => newId());

describe('events while servers are killed', () => {
  let servers: KillableServers;
  let rig: EventRig;
  let written = 0;

  beforeAll(async () => {
    servers = await startKillableServers();
    rig = await openEventRig(servers);
    await rig.relay.start();
    await rig.consumer.start();
  }, 60_000);
  afterAll(async () => {
    await rig.close();
    await servers.stop();
  }, 60_000);

  /** Moves every parcel `rounds` times, insisting through outages, until `until` has come true. */
  async function keepMoving(until: Promise<void>, rounds: number): Promise<void> {
    let over = false;
    void until.then(() => (over = true));
    for (let round = 0; round < rounds || !over; round += 1) {
      written += 1;
      const version = written;
      for (const parcel of parcels) await eventually(() => rig.move(parcel, version), { timeoutMs: 30_000 });
    }
    await until;
  }

  async function expectEachOnceInOrder(): Promise<void> {
    const expected = Array.from({ length: written }, (_, index) => index + 1);
    await eventually(async () => (await rig.effects()).length >= parcels.length * written, {
      timeoutMs: 30_000,
      what: 'every effect',
    });
    await eventually(async () => (await rig.relay.quiet()) && (await rig.consumer.quiet()), { timeoutMs: 30_000 });
    const effects = await rig.effects();
    for (const parcel of parcels) {
      expect(effects.filter((each) => each.aggregate_id === parcel).map(({ version }) => version)).toEqual(expected);
    }
    expect(await rig.consumer.parked()).toEqual([]);
  }

  test.each([
    ['nats-server', ['nats', 'nats', 'nats']],
    ['PostgreSQL', ['postgres', 'postgres', 'postgres']],
    ['both in turn', ['postgres', 'nats', 'nats', 'postgres']],
  ] as const)(
    'have each their effect once and in order when %s is killed under load',
    async (_what, victims) => {
      const crashes = (async () => {
        for (const victim of victims) {
          const before = (await eventually(() => rig.effects().catch(() => null))).length;
          await eventually(async () => (await rig.effects().catch(() => [])).length > before, { timeoutMs: 30_000 });
          await servers.crash(victim);
        }
      })();
      await keepMoving(crashes, 20);
      await expectEachOnceInOrder();
    },
    120_000,
  );
});
