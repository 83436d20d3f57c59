import { setTimeout as pause } from 'node:timers/promises';
import { RefusalError } from './refusal.ts';

export type Stillness = { quiet: boolean; lastFact: number };

/** What the platform's clock asks of each service. */
export type TimedService = {
  name: string;
  now(): Promise<Date>;
  /** When its next timer not after `until` falls due. */
  earliest(until: Date): Promise<Date | null>;
  set(at: Date): Promise<void>;
  /** Runs what is due at its time; answers how many timers that were. */
  runDue(): Promise<number>;
  /** Nothing under way (outbox sent, consumers idle), and the newest fact made before the look. */
  stillness(): Promise<Stillness>;
};

export type Moved = { now: Date; timersRun: number };
export type PlatformClock = { move(target: (now: Date) => Date): Promise<Moved> };
type Limits = { quietMs: number };

/** Rounds in which timers stay due at the same instant and none of them runs. */
const FRUITLESS_ROUNDS = 5;

/**
 * One time for all services. Moves in steps: to the earliest timer due anywhere, which runs, and whose events are
 * carried to their end, before the next one is looked for; so timers fire in order across services, and what an
 * event starts is due in time. Moves asked for at once happen one after the other.
 */
export function createPlatformClock(
  services: readonly TimedService[],
  limits: Limits = { quietMs: 120_000 },
): PlatformClock {
  let last: Promise<unknown> = Promise.resolve();
  return {
    move: (target) => {
      const moved = last.then(() => moveAll(services, target, limits));
      last = moved.catch(() => undefined);
      return moved;
    },
  };
}

async function moveAll(services: readonly TimedService[], target: (now: Date) => Date, limits: Limits): Promise<Moved> {
  // Services that started one after the other stand at different times: the latest is the platform's.
  let now = latest(await Promise.all(services.map((service) => service.now())));
  const until = target(now);
  if (until < now) throw backwards(now);
  await setAll(services, now);
  await waitUntilQuiet(services, now, limits);
  let timersRun = 0;
  let fruitless = 0;
  for (let due = await nextDue(services, until); due !== null; due = await nextDue(services, until)) {
    const before = now;
    now = latest([now, due.at]);
    await setAll(services, now);
    const ran = sum(await Promise.all(services.map((service) => service.runDue())));
    await waitUntilQuiet(services, now, limits);
    timersRun += ran;
    fruitless = ran === 0 && now.getTime() === before.getTime() ? fruitless + 1 : 0;
    if (fruitless >= FRUITLESS_ROUNDS) throw stuck(now, due.services);
  }
  await setAll(services, until);
  await waitUntilQuiet(services, until, limits);
  return { now: until, timersRun };
}

async function nextDue(
  services: readonly TimedService[],
  until: Date,
): Promise<{ at: Date; services: string[] } | null> {
  const found = await Promise.all(
    services.map(async (service) => ({ name: service.name, at: await service.earliest(until) })),
  );
  const due = found.filter((entry): entry is { name: string; at: Date } => entry.at !== null && entry.at <= until);
  const at = due.map((entry) => entry.at.getTime()).reduce((first, time) => Math.min(first, time), Infinity);
  if (at === Infinity) return null;
  return { at: new Date(at), services: due.filter((entry) => entry.at.getTime() === at).map(({ name }) => name) };
}

/**
 * Quiet twice in a row, and no fact made in between. Quiet alone is a state of one moment: what is on its way from a
 * service that was asked late to one that was asked early shows in neither answer, and while the second round asks it may
 * have become the next fact of the chain.
 */
async function waitUntilQuiet(services: readonly TimedService[], now: Date, { quietMs }: Limits): Promise<void> {
  const giveUpAt = Date.now() + quietMs;
  let before: Stillness[] | null = null;
  for (let round = 0; ; round += 1) {
    const states = await Promise.all(services.map((service) => service.stillness()));
    const moving = services.filter((_service, index) => !isStill(states[index], before?.[index]));
    if (before !== null && moving.length === 0) return;
    const isQuiet = states.every(({ quiet }) => quiet);
    before = isQuiet ? states : null;
    if (Date.now() > giveUpAt) {
      throw stuck(
        now,
        moving.map(({ name }) => name),
      );
    }
    if (!isQuiet) await pause(Math.min(5 * 2 ** Math.min(round, 6), 200));
  }
}

const isStill = (state: Stillness | undefined, before: Stillness | undefined): boolean =>
  state?.quiet === true && (before === undefined || before.lastFact === state.lastFact);

async function setAll(services: readonly TimedService[], at: Date): Promise<void> {
  await Promise.all(services.map((service) => service.set(at)));
}

const latest = (times: Date[]): Date => new Date(Math.max(...times.map((time) => time.getTime())));
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

const backwards = (now: Date): RefusalError =>
  new RefusalError(
    { code: 'BAD_USER_INPUT', reason: 'CLOCK_BACKWARDS', params: { now: now.toISOString() } },
    { status: 400 },
  );

const stuck = (now: Date, services: string[]): RefusalError =>
  new RefusalError(
    { code: 'UNAVAILABLE', reason: 'CLOCK_STUCK', params: { now: now.toISOString(), service: services.join(', ') } },
    { status: 503 },
  );
