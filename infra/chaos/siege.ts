import type { Draw } from './cells.ts';
import { join, type Findings } from './findings.ts';
import { openBooks, type Books } from './rig/books.ts';
import { insist, within } from './rig/insist.ts';
import { openLoad, type Load } from './rig/load.ts';
import { openRig, type Rig, type RigOptions } from './rig/rig.ts';
import { depotName, serviceNames } from './services/parcel-events.ts';
import { readyFor, strike } from './rig/strike.ts';

/** One kill and what came of it. */
export type KillReport = Draw & {
  findings: Findings;
  /** From the signal until a command sent after it had all its effects. */
  recoveryMs: number;
  /** The kill as a whole, with the time until everything ran and was audited. */
  tookMs: number;
};

/** A rig under load that is struck again and again. */
export type Siege = {
  rig: Rig;
  /** `settleMs`: how long nothing may move before facts without effect count as lost. */
  strike(draw: Draw, settleMs?: number): Promise<KillReport>;
  /** Compares everything that ever happened, once more. */
  auditAll(): Promise<Findings>;
  stop(): Promise<void>;
};

const recoverMs = 60_000;
const usualSettleMs = 20_000;

/** A command sent now is answered, has its effect in the ledger, and the depot has heard of that. */
async function probe(rig: Rig, load: Load): Promise<void> {
  const { parcelId, version } = await load.move();
  const isThere = async (): Promise<void> => {
    const found = await rig.sql(depotName, 'select 1 from effect where aggregate_id = $1 and version >= $2 limit 1', [
      parcelId,
      version,
    ]);
    if (found.length === 0) throw new Error('not yet');
  };
  await insist(isThere, recoverMs);
}

const parkedSql = `select state || ' ' || reason || ' of ' || coalesce(aggregate_id::text, '?') || ' version '
  || coalesce(aggregate_version, 0) as story from parked_event`;

/** What is kept aside has not had its effect; with everything running again nothing stays there. */
async function parkedIn(rig: Rig): Promise<Findings> {
  const stories = await Promise.all(
    serviceNames.map(async (service) => {
      const found = await insist(() => rig.sql<{ story: string }>(service, parkedSql));
      return found.map(({ story }) => `${service} has parked: ${story}`);
    }),
  );
  return { lost: stories.flat(), doubled: [] };
}

type Parts = { rig: Rig; load: Load; books: Books; answered: Map<string, number> };

async function audit({ rig, load, books, answered }: Parts, settleMs: number): Promise<Findings> {
  await within(recoverMs, 'an answer to every command', load.rest());
  await books.settle(settleMs);
  const latest = load.takeAnswered();
  for (const [key, version] of latest) answered.set(key, version);
  return join([await books.audit(latest), await parkedIn(rig)]);
}

async function strikeOnce(parts: Parts, draw: Draw, settleMs: number): Promise<KillReport> {
  const { rig, load } = parts;
  const begun = Date.now();
  await readyFor(rig, draw);
  load.run();
  const { at, over } = await strike(rig, draw);
  const recovered = probe(rig, load).then(() => Date.now() - at);
  const [recoveryMs] = await Promise.all([recovered, over]);
  const findings = await audit(parts, settleMs);
  return { ...draw, findings, recoveryMs, tookMs: Date.now() - begun };
}

async function openParts(rig: Rig): Promise<Parts> {
  const load = await openLoad(rig);
  const parts = { rig, load, books: openBooks(rig), answered: new Map<string, number>() };
  const { lost, doubled } = await audit(parts, usualSettleMs);
  const wrong = [...lost, ...doubled];
  if (wrong.length > 0) throw new Error(`the rig is not right before the first kill: ${wrong.join('; ')}`);
  return parts;
}

/** Opens a rig, begins its parcels, and has them arrive before the first kill. */
export async function beginSiege(options: RigOptions): Promise<Siege> {
  const rig = await openRig(options);
  const parts = await openParts(rig).catch(async (error: unknown) => {
    await rig.stop();
    throw error;
  });
  return {
    rig,
    strike: (draw, settleMs = usualSettleMs) => strikeOnce(parts, draw, settleMs),
    auditAll: () => parts.books.auditAll(parts.answered),
    stop: async () => {
      parts.load.stop();
      await rig.stop();
    },
  };
}
