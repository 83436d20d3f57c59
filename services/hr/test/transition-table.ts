import { describe, expect, it } from '@jest/globals';

import type { DutyTransition } from '../src/domain/duty-transition.ts';
import { moveBy, statusRefusal, transitionOf, type DutyAction } from '../src/domain/duty-transition-rules.ts';

const directors = ['administrativeSupervisor', 'deputyDirector', 'director'];
const leaders = ['supervisor', ...directors];
const planners = ['clerk', ...leaders];

/** Words for groups of roles in tables of transitions. */
const people: Record<string, string[]> = {
  directors,
  leaders,
  planners,
  director: ['director'],
  operator: ['operator'],
  heads: ['deputyDirector', 'director'],
  endorsers: ['supervisor', 'administrativeSupervisor', 'deputyDirector'],
  maintenance: ['maintenance'],
  trainer: ['trainer'],
  others: ['clerk', 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'],
  staff: [...planners, 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'],
};

const words = (text = ''): string[] => text.split(' ').filter((word) => word !== '');

const named = (text = ''): string[] =>
  words(text).flatMap((word) => {
    const roles = people[word];
    if (roles === undefined) throw new Error(`no such group of roles: ${word}`);
    return roles;
  });

const rowsOf = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [action = '', rule = '', from, to, roles, own] = line.split('|').map((cell) => cell.trim());
      return {
        action: action as DutyAction,
        rule,
        from: words(from),
        to: words(to),
        roles: named(roles),
        own: named(own),
      };
    });

/**
 * Tests of transitions against a table that says them once more:
 * action | rule | from | to | who in the community | who with what is theirs
 */
export function proveTransitions(what: string, table: string, transitions: Record<string, DutyTransition>): void {
  const rows = rowsOf(table);
  const statuses = [...new Set(rows.flatMap(({ from, to }) => [...from, ...to]))];
  const firstTarget = (action: DutyAction): string => transitionOf(action).to[0] ?? '';

  describe(`transitions of ${what}`, () => {
    it('have a row each', () => {
      expect(rows.map(({ action }) => action).sort()).toEqual(Object.keys(transitions).sort());
    });

    it.each(rows)('[$rule] $action starts from $from alone', ({ action, rule, from }) => {
      expect(statuses.filter((status) => statusRefusal(action, status) === null)).toEqual(
        statuses.filter((status) => from.includes(status)),
      );
      expect(statusRefusal(action, 'ELSEWHERE')).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule });
      expect(() => moveBy({ status: 'ELSEWHERE' }, action, firstTarget(action))).toThrow('ILLEGAL_TRANSITION');
    });

    it.each(rows)('[$rule] $action leads to $to alone', ({ action, from, to: targets }) => {
      const reached = statuses.filter((status) => {
        try {
          return moveBy({ status: from[0] ?? '' }, action, status).status === status;
        } catch {
          return false;
        }
      });
      expect(reached).toEqual(statuses.filter((status) => targets.includes(status)));
    });

    it.each(rows)('[$rule] $action is done by $roles, with what is theirs by $own', ({ action, roles, own }) => {
      expect([...transitionOf(action).roles].toSorted()).toEqual(roles.toSorted());
      expect([...transitionOf(action).own].toSorted()).toEqual(own.toSorted());
    });
  });
}
