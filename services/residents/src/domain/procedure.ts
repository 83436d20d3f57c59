import { DomainError, type Params } from '@steward/core';

/**
 * What can be done in which status of a procedure, where it leads (`same` keeps the status) and who does it: `roles` in
 * their communities, `own` only with what is their household's.
 */
export type Transition<Status extends string = string> = {
  from: readonly Status[];
  to: readonly (Status | 'same')[];
  roles: readonly string[];
  own: readonly string[];
  rule: string;
};

/** Why an action is refused in the present state, whoever asks. */
export type StateRefusal = { reason: string; rule: string; params?: Params };

type Table<Status extends string> = Record<string, Transition<Status>>;

/** The rules of a procedure from its one table of transitions; mutations and `availableActions` both ask them. */
export function procedureRules<Status extends string, T extends Table<Status>>(table: T) {
  type Action = keyof T & string;
  const transitionOf = (action: Action): Transition<Status> => table[action] as Transition<Status>;

  const refusal = (row: { status: Status }, action: Action): StateRefusal | null => {
    const { from, rule } = transitionOf(action);
    if (from.includes(row.status)) return null;
    return { reason: 'ILLEGAL_TRANSITION', rule, params: { action, status: row.status } };
  };

  const requireAction = (row: { status: Status }, action: Action): void => {
    const refused = refusal(row, action);
    if (refused !== null) throw new DomainError('CONFLICT', refused.reason, refused);
  };

  /** The row in the status that an action leads to; a way that the table does not have is a mistake of the code. */
  const moveTo = <Row extends { status: Status }>(row: Row, action: Action, status: Status): Row => {
    requireAction(row, action);
    const { to } = transitionOf(action);
    if (!to.includes(status) && !(status === row.status && to.includes('same'))) {
      throw new Error(`${action} does not lead from ${row.status} to ${status}`);
    }
    return { ...row, status };
  };

  return { actions: Object.keys(table) as Action[], refusal, requireAction, moveTo };
}
