import { createLog, systemClock } from '@steward/core';
import { afterCommit, openDatabase, rows, txScope, type Database, type Tx } from '@steward/db';
import {
  connectNats,
  createConsumer,
  createRelay,
  recordEvent,
  subscribeTogether,
  type Relay,
  type StewardEvent,
} from '@steward/events';

import {
  benchConsumer,
  benchPublisher,
  benchScope,
  createMoves,
  parcelMoved,
  sharedNow,
  type ParcelMove,
} from './events-catalog.ts';

/** Where the processes of one line find each other. */
export type Line = { source: string; sink: string; nats: string; prefix: string };

/** What a process of the benchmark does when it is asked; answers go through JSON. */
export type Role = Record<string, (argument: number) => Promise<unknown>>;

/** When a fact was committed, or had its effect: its parcel and step, and the shared clock. */
export type Moment = [fact: string, at: number];

const log = createLog({ name: 'bench-events', level: process.env['LOG_LEVEL'] ?? 'error' });

const factOf = ({ parcelId, step }: ParcelMove): string => `${parcelId}@${step}`;

/** The publisher's relay, as in production but for the service around it. */
export async function relayRole({ source, nats: url, prefix }: Line): Promise<Role> {
  const database = await openDatabase({ url: source, service: benchPublisher, entities: [], log });
  const nats = await connectNats(url, { name: 'bench-relay' });
  let relay: Relay | undefined;
  return {
    start: async () => {
      relay = createRelay({ database, nats, service: benchPublisher, prefix, log });
      const startedAt = sharedNow();
      await relay.start();
      return startedAt;
    },
    stop: async () => relay?.stop(),
  };
}

/** The consumer with a reaction that writes a row for each fact, as in production but for the service around it. */
export async function consumerRole({ sink, nats: url, prefix }: Line): Promise<Role> {
  const database = await openDatabase({ url: sink, service: benchConsumer, entities: [], log });
  const nats = await connectNats(url, { name: 'bench-consumer' });
  let moments: Moment[] = [];
  let wanted = { count: Infinity, reached: (): void => undefined };
  const took = (data: ParcelMove): void => {
    moments.push([factOf(data), sharedNow()]);
    if (moments.length >= wanted.count) wanted.reached();
  };
  let isTogether = true;
  const keepMoves = async (tx: Tx, events: readonly StewardEvent<ParcelMove>[]): Promise<void> => {
    const moves = events.map(({ data }) => data);
    for (const part of isTogether ? [moves] : moves.map((move) => [move])) await insertEffects(tx, part);
    afterCommit(tx, () => moves.forEach(took));
  };
  const handlers = [subscribeTogether(parcelMoved, 'keep-move', keepMoves)];
  const consumer = createConsumer({
    database,
    nats,
    service: benchConsumer,
    prefix,
    handlers,
    clock: systemClock,
    log,
    catalog: [parcelMoved],
  });
  await consumer.start();
  return {
    /** 1: the reaction takes what comes together by one statement; 0: by one for each fact. */
    react: async (together) => void (isTogether = together === 1),
    /** Forgets what was, and answers once so many facts have had their effect. */
    expect: async (count) => {
      moments = [];
      const reached = new Promise<void>((resolve) => (wanted = { count, reached: resolve }));
      return reached.then(() => moments);
    },
  };
}

const insertEffects = (tx: Tx, moves: readonly ParcelMove[]): Promise<unknown> =>
  rows(
    tx,
    `insert into effect (parcel_id, step, tenant_id, shelf_id, moved_at)
     select parcel_id, step, $1, shelf_id, moved_at
     from unnest($2::uuid[], $3::int[], $4::uuid[], $5::timestamptz[]) moved (parcel_id, step, shelf_id, moved_at)`,
    [
      txScope(tx).tenantId,
      moves.map(({ parcelId }) => parcelId),
      moves.map(({ step }) => step),
      moves.map(({ shelfId }) => shelfId),
      moves.map(({ movedAt }) => movedAt),
    ],
  );

const commit = (database: Database, moves: readonly ParcelMove[]): Promise<void> =>
  database.write(benchScope(), async (tx) => {
    for (const data of moves) {
      recordEvent(tx, { definition: parcelMoved, aggregateId: data.parcelId, aggregateVersion: data.step, data });
    }
  });

/** How many facts share a transaction of the publisher where it is about throughput, and over how many connections. */
export const factsPerCommit = 50;
export const writers = 2;
/** Parcels of one writer. */
const parcels = 500;
export const steadyPerSecond = 200;

/** The publisher's commands. */
export async function loadRole({ source }: Line): Promise<Role> {
  const database = await openDatabase({ url: source, service: benchPublisher, entities: [], log });
  const streams = Array.from({ length: writers }, () => createMoves(parcels));
  const write = async (moves: (typeof streams)[number], count: number): Promise<void> => {
    for (let left = count; left > 0; left -= factsPerCommit) {
      const size = Math.min(left, factsPerCommit);
      await commit(
        database,
        Array.from({ length: size }, () => moves.next()),
      );
    }
  };
  return {
    /** Commits so many facts as fast as the database takes them; answers when it began. */
    burst: async (count) => {
      const startedAt = sharedNow();
      await Promise.all(streams.map((moves) => write(moves, count / writers)));
      return startedAt;
    },
    /** Commits facts one by one at a steady rate for so many seconds; answers when each was committed. */
    steady: (seconds) => commitSteadily(database, streams[0] ?? createMoves(parcels), seconds * steadyPerSecond),
  };
}

async function commitSteadily(database: Database, moves: { next(): ParcelMove }, count: number): Promise<Moment[]> {
  const startedAt = sharedNow();
  const commits: Promise<Moment>[] = [];
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      const due = Math.min(count, ((sharedNow() - startedAt) * steadyPerSecond) / 1000);
      while (commits.length < due) {
        const move = moves.next();
        commits.push(commit(database, [move]).then((): Moment => [factOf(move), sharedNow()]));
      }
      if (commits.length < count) return;
      clearInterval(timer);
      Promise.all(commits).then(resolve, reject);
    }, 1);
  });
}
