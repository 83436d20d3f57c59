import { cpSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';

import { jetstream, jetstreamManager, type StreamAPI } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { streamName } from '@steward/events';

import type { SeededRandom } from '../../demo/seeded-random.ts';
import { source, type EventRig } from '../rig/event-rig.ts';
import type { KillableServers } from '../rig/killable-servers.ts';

/** Where a loss happens: a publisher with its stream, the servers, and a copy of the broker's store from before. */
export type Scene = {
  rig: EventRig;
  servers: KillableServers;
  random: SeededRandom;
  copy: string;
};

/** One way of losing messages; `ofServer`: only a server of one's own can suffer it. */
export type Loss = { name: string; ofServer?: true; needsCopy?: true; inflict(scene: Scene): Promise<void> };

const streams = async ({ rig }: Scene): Promise<StreamAPI> => (await jetstreamManager(rig.nats)).streams;

const nameOf = ({ rig }: Scene): string => streamName(rig.prefix, source);

async function bounds(scene: Scene): Promise<{ first: number; last: number }> {
  const { state } = await (await streams(scene)).info(nameOf(scene));
  return { first: state.first_seq, last: state.last_seq };
}

async function purgeFirstHalf(scene: Scene): Promise<void> {
  const { first, last } = await bounds(scene);
  await (await streams(scene)).purge(nameOf(scene), { seq: Math.floor((first + last) / 2) });
}

/** Two messages of a hundred, one by one, of those that are there. */
async function deleteHereAndThere(scene: Scene): Promise<void> {
  const api = await streams(scene);
  const { state } = await api.info(nameOf(scene), { deleted_details: true });
  const gone = new Set(state.deleted);
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
    if (!gone.has(seq) && scene.random.chance(0.02)) await api.deleteMessage(nameOf(scene), seq, false);
  }
}

async function passDuplicateWindow(scene: Scene): Promise<void> {
  await (await streams(scene)).update(nameOf(scene), { duplicate_window: nanos(100) });
}

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** Cuts the newest block of the stream in half, as a disk that was full or lost its cache does. */
function cutLastBlock(scene: Scene, directory: string): void {
  const number = (file: string): number => Number.parseInt(path.basename(file), 10);
  const last = filesIn(path.join(directory, 'jetstream'))
    .filter((file) => file.includes(`${path.sep}${nameOf(scene)}${path.sep}`) && file.endsWith('.blk'))
    .toSorted((one, other) => number(one) - number(other))
    .at(-1);
  if (last === undefined) throw new Error('the stream has no block');
  truncateSync(last, Math.floor(statSync(last).size / 2));
}

export const copyStore = ({ servers }: Pick<Scene, 'servers'>, to: string): Promise<void> =>
  servers.whileStopped('nats', 'stop', (directory) => {
    rmSync(to, { recursive: true, force: true });
    cpSync(path.join(directory, 'jetstream'), to, { recursive: true });
  });

const putCopyBack = ({ servers, copy }: Scene): Promise<void> =>
  servers.whileStopped('nats', 'kill', (directory) => {
    rmSync(path.join(directory, 'jetstream'), { recursive: true, force: true });
    cpSync(copy, path.join(directory, 'jetstream'), { recursive: true });
  });

const others = 500;

/** Takes numbers that are free again, while the relay is away. */
async function othersTakeNumbers(scene: Scene): Promise<void> {
  const client = jetstream(scene.rig.nats);
  const subject = `${scene.rig.prefix}.${source}.pallet.seen.v1`;
  await Promise.all(Array.from({ length: others }, () => client.publish(subject, '{}', { retries: 10 })));
}

export const losses: readonly Loss[] = [
  {
    name: 'the stream is deleted',
    inflict: async (scene) => void (await (await streams(scene)).delete(nameOf(scene))),
  },
  { name: 'its first half is purged, inside the duplicate window', inflict: purgeFirstHalf },
  { name: 'single messages are deleted, inside the duplicate window', inflict: deleteHereAndThere },
  {
    name: 'its first half is purged, outside the duplicate window',
    inflict: async (scene) => {
      await passDuplicateWindow(scene);
      await purgeFirstHalf(scene);
    },
  },
  { name: 'single messages are deleted, outside the duplicate window', inflict: deleteHereAndThere },
  {
    name: 'its last block is cut while the server is stopped',
    ofServer: true,
    inflict: (scene) => scene.servers.whileStopped('nats', 'stop', (directory) => cutLastBlock(scene, directory)),
  },
  {
    name: 'its last block is cut after the server was killed',
    ofServer: true,
    inflict: (scene) => scene.servers.whileStopped('nats', 'kill', (directory) => cutLastBlock(scene, directory)),
  },
  { name: 'an old copy of the store is put back', ofServer: true, needsCopy: true, inflict: putCopyBack },
  {
    name: 'an old copy is put back, and others take numbers before the relay looks',
    ofServer: true,
    needsCopy: true,
    inflict: async (scene) => {
      await scene.rig.relay.stop();
      await putCopyBack(scene);
      await othersTakeNumbers(scene);
      await (await scene.rig.anotherRelay()).start();
    },
  },
];
