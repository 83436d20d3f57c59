import { failpoints, type Failpoint } from '@steward/core';

import { seededRandom, type SeededRandom } from '../demo/seeded-random.ts';

/**
 * Who is hit while a step is stopped. service: a process that answers commands; carrier: the one that leads the relay
 * or, at a consumer's step, the consumer; nats and postgres: the server with all its processes.
 */
export const victims = ['service', 'carrier', 'nats', 'postgres'] as const;

export type Victim = (typeof victims)[number];
export type Cell = { step: Failpoint; victim: Victim };

/** Whose step it is: a command's, the relay's or the consumer's. */
export type Path = 'command' | 'relay' | 'consumer';

const commandSteps: readonly Failpoint[] = ['begin', 'business-write', 'outbox-insert', 'commit', 'reply'];
const relaySteps: readonly Failpoint[] = ['lock-rows', 'publish', 'publish-ack', 'mark-sent'];

export function pathOf(step: Failpoint): Path {
  if (commandSteps.includes(step)) return 'command';
  return relaySteps.includes(step) ? 'relay' : 'consumer';
}

export const allCells: readonly Cell[] = failpoints.flatMap((step) => victims.map((victim) => ({ step, victim })));

export const nameOf = ({ step, victim }: Cell): string => `${step}/${victim}`;

/** `all`, or names parted by commas: a step, a victim, or `step/victim`. */
export function chooseCells(text: string): Cell[] {
  if (text === 'all') return [...allCells];
  const words = text.split(',').map((word) => word.trim());
  const fits = (word: string, cell: Cell): boolean => [cell.step, cell.victim, nameOf(cell)].includes(word);
  for (const word of words) {
    if (!allCells.some((cell) => fits(word, cell))) throw new RangeError(`there is no cell ${word}`);
  }
  return allCells.filter((cell) => words.some((word) => fits(word, cell)));
}

/** What is drawn from the seed for one kill. */
export type Draw = {
  seed: number;
  cell: Cell;
  signal: 'SIGKILL' | 'SIGSTOP';
  /** How often the step is passed before it stops. */
  after: number;
  /** Whether the stopped step goes on just before the victim is hit, so that both meet on the way, or just after. */
  goesFirst: boolean;
  /** How long a stopped process or server stands. */
  standsMs: number;
  /** Chooses between processes that are alike. */
  either: 0 | 1;
};

/** Past the clients' patience and the standby's look at the lock; a long one outlives the wait for an acknowledgement. */
const stands = { least: 650, most: 900, long: 5_600, longShare: 1 / 6 };

function standing(random: SeededRandom, victim: Victim): number {
  const isServer = victim === 'nats' || victim === 'postgres';
  const isLong = random.chance(stands.longShare);
  return isServer && isLong ? stands.long : random.int(stands.least, stands.most);
}

/** The kills of one seed: the cells in an order of the seed's own. */
export function drawKills(cells: readonly Cell[], seed: number): Draw[] {
  const random = seededRandom(seed);
  const left = [...cells];
  const draws: Draw[] = [];
  while (left.length > 0) {
    const [cell] = left.splice(random.int(0, left.length - 1), 1);
    if (cell === undefined) break;
    draws.push({
      seed,
      cell,
      signal: random.pick(['SIGKILL', 'SIGSTOP']),
      after: random.int(0, 4),
      goesFirst: random.chance(0.5),
      standsMs: standing(random, cell.victim),
      either: random.pick([0, 1]),
    });
  }
  return draws;
}
