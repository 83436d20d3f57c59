import { setTimeout as pause } from 'node:timers/promises';

import { pathOf, type Draw, type Path } from '../cells.ts';
import { depotName, ledgerName } from '../services/parcel-events.ts';
import { within } from './insist.ts';
import { depose, leadingSession, type Work } from './leadership.ts';
import type { Rig } from './rig.ts';
import type { ServiceProcess } from './service-process.ts';

const startMs = 60_000;
/** Generous: on a busy machine a batch after a crash, fact by fact, takes its time. */
const reachMs = 30_000;
/** What a new leader gets to begin its work in, while the old one still stands. */
const firstWorkMs = 250;

const relayWork: Work = { service: depotName, key: `relay:${depotName}` };
const consumerWork: Work = { service: ledgerName, key: `consumer:${ledgerName}` };

type Target = { signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void };

/** Who stands at the step, and who is hit; `leads` is the work the victim leads and may lose while it stands. */
type Scene = { standing: ServiceProcess; victim: Target; leads: Work | null };

/** Arms the step in all of them; the first to stand there is the one, the others are let go. */
async function reach(
  candidates: readonly ServiceProcess[],
  draw: Pick<Draw, 'after'> & { step: Draw['cell']['step'] },
) {
  const arrivals = candidates.map(async (each) => {
    await each.stopAt(draw.step, draw.after);
    return each;
  });
  const standing = await within(reachMs, `standing at ${draw.step}`, Promise.race(arrivals));
  for (const each of candidates) if (each !== standing) each.go();
  return standing;
}

async function relayLeader(rig: Rig): Promise<ServiceProcess> {
  const leader = await reach(rig.depots, { step: 'lock-rows', after: 0 });
  leader.go();
  return leader;
}

const other = (pair: readonly [ServiceProcess, ServiceProcess], one: ServiceProcess): ServiceProcess =>
  pair[0] === one ? pair[1] : pair[0];

/** A command stands in an instance that does not carry, so that the carrier is another process. */
async function commandScene(rig: Rig, { cell, after, either }: Draw): Promise<Scene> {
  const carrier = cell.victim === 'carrier' ? await relayLeader(rig) : null;
  const answering = carrier === null ? rig.depots[either] : other(rig.depots, carrier);
  const standing = await reach([answering], { step: cell.step, after });
  if (carrier !== null) return { standing, victim: carrier, leads: relayWork };
  return { standing, victim: serverOf(rig, cell.victim) ?? standing, leads: null };
}

async function carrierScene(rig: Rig, path: Exclude<Path, 'command'>, { cell, after, either }: Draw): Promise<Scene> {
  const pair = path === 'relay' ? rig.depots : rig.ledgers;
  const standing = await reach(pair, { step: cell.step, after });
  const work = path === 'relay' ? relayWork : consumerWork;
  if (cell.victim === 'carrier') return { standing, victim: standing, leads: work };
  const answering = path === 'relay' ? other(rig.depots, standing) : rig.depots[either];
  return { standing, victim: serverOf(rig, cell.victim) ?? answering, leads: null };
}

function serverOf(rig: Rig, victim: Draw['cell']['victim']): Target | null {
  if (victim === 'nats') return rig.nats;
  return victim === 'postgres' ? rig.postgres : null;
}

/** Until somebody else leads and has had a moment to work, at most as long as the victim is to stand. */
async function untilSucceeded(rig: Rig, work: Work, deposed: number | null, standsMs: number): Promise<void> {
  const end = Date.now() + standsMs + 400;
  while (Date.now() < end) {
    const session = await leadingSession(rig, work);
    if (session !== null && session !== deposed) break;
    await pause(20);
  }
  await pause(firstWorkMs);
}

async function freeze(rig: Rig, { standing, victim, leads }: Scene, draw: Draw): Promise<void> {
  const isOwn = victim === standing;
  if (draw.goesFirst && !isOwn) standing.go();
  victim.signal('SIGSTOP');
  try {
    if (!draw.goesFirst && !isOwn) standing.go();
    if (leads === null) await pause(draw.standsMs);
    else await untilSucceeded(rig, leads, await depose(rig, leads), draw.standsMs);
    // It goes on where it stood, in a world that has moved on.
    if (isOwn) standing.go();
  } finally {
    victim.signal('SIGCONT');
  }
}

function kill({ standing, victim }: Scene, { goesFirst }: Draw): void {
  const isOwn = victim === standing;
  if (goesFirst && !isOwn) standing.go();
  victim.signal('SIGKILL');
  if (!goesFirst && !isOwn) standing.go();
}

/** Both of the pair that is hit, so that a recovery is a taking over; the last kill's victim may be on its way back. */
function needed({ depots, ledgers }: Rig, path: Path, { cell, either }: Draw): readonly ServiceProcess[] {
  if (cell.victim === 'carrier' && path === 'consumer') return ledgers;
  if (cell.victim === 'carrier' || cell.victim === 'service') return depots;
  return path === 'command' ? [depots[either]] : [];
}

/** Resolves when everything runs that the kill needs. */
export async function readyFor(rig: Rig, draw: Draw): Promise<void> {
  const processes = needed(rig, pathOf(draw.cell.step), draw);
  await within(startMs, 'the start of the processes', Promise.all(processes.map((each) => each.up())));
}

/** Stops the step, hits the victim, and answers when; `over` is its standing, or its server's way back. */
export async function strike(rig: Rig, draw: Draw): Promise<{ at: number; over: Promise<void> }> {
  const path = pathOf(draw.cell.step);
  const scene = await (path === 'command' ? commandScene(rig, draw) : carrierScene(rig, path, draw));
  const at = Date.now();
  if (draw.signal === 'SIGSTOP') return { at, over: freeze(rig, scene, draw) };
  kill(scene, draw);
  return { at, over: Promise.all([rig.nats.up(), rig.postgres.up()]).then(() => undefined) };
}
