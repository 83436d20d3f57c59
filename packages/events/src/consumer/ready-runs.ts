import type { ConsumerContext } from './consumer-context.ts';
import { readFact, type Fact } from './fact.ts';
import { maxAttempts } from './failure.ts';
import { isSuspect, type ParkedHead } from './parked-rows.ts';

/** A parked event whose turn it is, read again. */
export type Ready = { parked: ParkedHead; fact: Fact };

/** The attempts that were made; those of a gap are how often it was asked for. */
export const madeOf = ({ state, attempts }: ParkedHead): number => (state === 'GAP' ? 0 : attempts);

/**
 * The facts of one aggregate that may share a transaction with others: each the next version, and none that had better
 * be tried alone or has to wait.
 */
export function readyRun({ publisher, subscriptions }: ConsumerContext, parked: readonly ParkedHead[]): Ready[] {
  const run: Ready[] = [];
  for (const next of parked) {
    if (!canShare(next) || next.version !== next.position + 1 + run.length) break;
    const { fact } = readFact(next.envelope, next.streamSeq, publisher, subscriptions);
    if (fact === null || fact.plan.kind === 'refuse') break;
    if (fact.tenantId !== (next.positionTenant ?? run[0]?.fact.tenantId ?? fact.tenantId)) break;
    run.push({ parked: next, fact });
  }
  return run;
}

function canShare(parked: ParkedHead): boolean {
  if (parked.state === 'GAP') return true;
  if (isSuspect(parked) || parked.attempts >= maxAttempts) return false;
  if (parked.state === 'WAITING') return true;
  if (parked.state !== 'RETRYING') return false;
  return parked.dueIn === null || parked.dueIn <= 0;
}
