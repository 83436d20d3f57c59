import { setTimeout as pause } from 'node:timers/promises';

import {
  checkCommands,
  checkDelivery,
  checkPairs,
  join,
  type Effect,
  type Fact,
  type Findings,
  type Move,
} from '../findings.ts';
import { depotName, ledgerName, type RigService } from '../services/parcel-events.ts';
import { insist } from './insist.ts';
import type { Rig } from './rig.ts';

/** Audits what has happened since the last audit, while nothing is under way. */
export type Books = {
  /** Resolves when every committed fact has had some effect at its consumer, or when nothing moves for so long. */
  settle(stallMs: number): Promise<void>;
  audit(answered: ReadonlyMap<string, number>): Promise<Findings>;
  /** Everything from the beginning; `answered` holds all answers ever given. */
  auditAll(answered: ReadonlyMap<string, number>): Promise<Findings>;
};

/** The last rows that were audited. */
type Mark = { fact: number; effect: number };
type Marks = Record<RigService, Mark> & { move: number };

type Log = { facts: (Fact & { seq: number; moveId: string | null })[]; effects: (Effect & { place: number })[] };

const factsSql = `select seq::float8 as seq, id, aggregate_id as "aggregateId", aggregate_version as version,
    data->>'moveId' as "moveId" from outbox where seq > $1 order by seq`;
const effectsSql = `select place::float8 as place, fact_id as "factId", aggregate_id as "aggregateId", version
  from effect where place > $1 order by place`;
const movesSql = `select place::float8 as place, key, parcel_id as "aggregateId", version
  from parcel_move where place > $1 order by place`;
const countSql = `select (select count(*) from outbox where seq > $1) as facts,
  (select count(*) from effect where place > $2) as effects`;

const readLog = async (rig: Rig, service: RigService, mark: Mark): Promise<Log> => ({
  facts: await insist(() => rig.sql(service, factsSql, [mark.fact])),
  effects: await insist(() => rig.sql(service, effectsSql, [mark.effect])),
});

const beginning = (): Marks => ({
  [depotName]: { fact: 0, effect: 0 },
  [ledgerName]: { fact: 0, effect: 0 },
  move: 0,
});

type Reached = Record<RigService, Map<string, number>>;

const nothingReached = (): Reached => ({ [depotName]: new Map(), [ledgerName]: new Map() });

function advance(reached: Map<string, number>, facts: readonly Fact[]): void {
  for (const { aggregateId, version } of facts) reached.set(aggregateId, version);
}

const place = ({ aggregateId, version }: Move | Fact): string => `${aggregateId} version ${version}`;

/** Reads what lies behind the marks, compares it, and moves marks and versions to its end. */
async function compare(
  rig: Rig,
  marks: Marks,
  reached: Reached,
  answered: ReadonlyMap<string, number>,
): Promise<Findings> {
  const depot = await readLog(rig, depotName, marks[depotName]);
  const ledger = await readLog(rig, ledgerName, marks[ledgerName]);
  const moves = await insist(() => rig.sql<Move & { place: number }>(depotName, movesSql, [marks.move]));
  const findings = join([
    checkCommands(answered, moves),
    checkPairs('a move and its fact', moves.map(place), depot.facts.map(place)),
    checkDelivery(ledgerName, reached[depotName], depot.facts, ledger.effects),
    checkPairs(
      'an effect and the fact of it',
      ledger.effects.map(({ factId }) => factId),
      ledger.facts.map(({ moveId }) => moveId ?? ''),
    ),
    checkDelivery(depotName, reached[ledgerName], ledger.facts, depot.effects),
  ]);
  for (const [service, log] of [
    [depotName, depot],
    [ledgerName, ledger],
  ] as const) {
    advance(reached[service], log.facts);
    marks[service].fact = log.facts.at(-1)?.seq ?? marks[service].fact;
    marks[service].effect = log.effects.at(-1)?.place ?? marks[service].effect;
  }
  marks.move = moves.at(-1)?.place ?? marks.move;
  return findings;
}

type Counts = { facts: number; effects: number };

async function countNew(rig: Rig, service: RigService, { fact, effect }: Mark): Promise<Counts> {
  const [counts] = await insist(() => rig.sql<Counts>(service, countSql, [fact, effect]));
  return { facts: Number(counts?.facts), effects: Number(counts?.effects) };
}

export function openBooks(rig: Rig): Books {
  const marks = beginning();
  const reached = nothingReached();
  return {
    settle: async (stallMs) => {
      let last = '';
      for (let end = Date.now() + stallMs; Date.now() < end; await pause(15)) {
        const depot = await countNew(rig, depotName, marks[depotName]);
        const ledger = await countNew(rig, ledgerName, marks[ledgerName]);
        const isThere = ledger.effects >= depot.facts && ledger.facts >= depot.facts && depot.effects >= ledger.facts;
        if (isThere) return;
        const now = JSON.stringify([depot, ledger]);
        if (now !== last) end = Date.now() + stallMs;
        last = now;
      }
    },
    audit: (answered) => compare(rig, marks, reached, answered),
    auditAll: (answered) => compare(rig, beginning(), nothingReached(), answered),
  };
}
