import { DomainError } from '@steward/core';

import type { ChargesTransition } from './charges-transition-policy.ts';

/** The steps of an aggregate by its table of transitions: what stands against one, and where it leads. */
export function stepsOf<Row extends { status: string }, Action extends string>(
  table: Readonly<Record<Action, ChargesTransition>>,
) {
  const refusal = ({ status }: Row, action: Action): DomainError | null => {
    const { from, rule } = table[action];
    if (from.includes(status)) return null;
    return new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { rule, params: { status, action } });
  };
  /** The row where the step leads, of several ends the named one; refused where it does not start. */
  const move = (row: Row, action: Action, end = 0): Row => {
    const refused = refusal(row, action);
    if (refused !== null) throw refused;
    const to = table[action].to[end];
    return to === undefined || to === 'same' ? row : { ...row, status: to };
  };
  return { actions: Object.keys(table) as Action[], refusal, move };
}
