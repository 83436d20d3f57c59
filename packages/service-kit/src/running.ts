import type { AccessPolicy, Viewer } from '@steward/auth';
import { txState, type Tx } from '@steward/db';

import type { Aggregate, AnyAggregate } from './aggregate.ts';
import type { FieldCipher } from './field-cipher.ts';
import type { Labels } from './labels.ts';

/** What the kit's functions know of the service and the viewer they run for. */
export type Running = {
  name: string;
  aggregates: readonly AnyAggregate[];
  access: AccessPolicy;
  cipher: FieldCipher;
  labels: Labels;
  householdsOf(tx: Tx, personId: string, now: Date): Promise<string[]>;
  zonesOf(tx: Tx, communityIds: readonly string[]): Promise<Map<string, string>>;
};

/** The command a transaction runs, and whether it has asked for authorisation yet. */
export type Invocation = {
  command: string;
  viewer: Viewer;
  authorized: boolean;
  /** A version that did not fit, to be told once the viewer is known to be allowed. */
  stale?: Error;
};

const boundKey = Symbol('bound');

type Bound = { running: Running | null; invocation: Invocation | null };

const boundOf = (tx: Tx): Bound => txState<Bound>(tx, boundKey, () => ({ running: null, invocation: null }));

/** Says for whom a transaction runs; a consumer puts several reactions into one, each with an invocation of its own. */
export function bindTx(tx: Tx, running: Running, invocation: Invocation): void {
  Object.assign(boundOf(tx), { running, invocation });
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('a transaction of a running service is needed');
  return value;
}

export const serviceOf = (tx: Tx): Running => present(boundOf(tx).running);

export const invocationOf = (tx: Tx): Invocation => present(boundOf(tx).invocation);

export function aggregateOfType(tx: Tx, type: string): Aggregate {
  const found = serviceOf(tx).aggregates.find((aggregate) => aggregate.type === type);
  if (found === undefined) throw new Error(`the service has no aggregate ${type}`);
  return found as Aggregate;
}
