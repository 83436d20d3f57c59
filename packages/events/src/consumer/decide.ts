import type { Fact } from './fact.ts';

/** How far a consumer has come with one aggregate. */
export type Standing = {
  /** Null: nothing of it was seen yet. */
  tenantId: string | null;
  version: number;
  /** The lowest version that is parked; what follows waits behind it. */
  parkedFrom: number | null;
};

/**
 * done: at or below the position, no effect. next: to be applied. refused: next, but it cannot be read as what it
 * claims to be. foreign: of another tenant than the aggregate. gap: something before it is missing. waiting: parked
 * facts come first.
 */
export type Decision = 'done' | 'next' | 'refused' | 'foreign' | 'gap' | 'waiting';

export function decide(fact: Pick<Fact, 'tenantId' | 'version' | 'plan'>, standing: Standing): Decision {
  if (fact.version <= standing.version) return 'done';
  if (standing.parkedFrom !== null && fact.version >= standing.parkedFrom) return 'waiting';
  if (standing.tenantId !== null && standing.tenantId !== fact.tenantId) return 'foreign';
  if (fact.version > standing.version + 1) return 'gap';
  return fact.plan.kind === 'refuse' ? 'refused' : 'next';
}
