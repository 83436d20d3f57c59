import { DomainError } from '@steward/core';
import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { custodyRules, startViolations, used } from '../domain/custody-rules.ts';
import type { Custody } from '../domain/custody.ts';

/** What the state of a custody refuses; the start besides while something is missing. */
export const judgeCustodyActions = (custody: Custody): JudgedAction[] =>
  judgeActions(
    custodyRules.actions.filter((action) => action !== 'registerCustody'),
    (action) => {
      const refusal = custodyRules.refusal(custody, action);
      const violations = action === 'startCustody' ? startViolations(custody) : [];
      const [first] = violations;
      if (refusal !== null || first === undefined) return refusal;
      throw new DomainError('BAD_USER_INPUT', first.reason, { rule: 'A061', violations });
    },
  );

/** What a flat under custody has used since its start; null before there are two readings. */
export const usedOf = (from: string | null, to: string | null): string | null =>
  from === null || to === null ? null : used(from, to);
