import { txScope, txState, type Tx } from '@steward/db';

const causeKey = Symbol('cause');

type Cause = { traceparent: string | undefined };

const causeOf = (tx: Tx): Cause => txState(tx, causeKey, () => ({ traceparent: txScope(tx).traceparent }));

/** What the command that runs next reacts to: its own events join that trace, not the one the transaction began in. */
export function setCause(tx: Tx, traceparent: string | undefined): void {
  causeOf(tx).traceparent = traceparent;
}

export const traceparentOf = (tx: Tx): string | undefined => causeOf(tx).traceparent;
