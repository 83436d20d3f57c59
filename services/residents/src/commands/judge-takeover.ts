import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { takeoverTransitions } from '../domain/takeover-policy.ts';
import { takeoverRules } from '../domain/takeover-rules.ts';
import type { Takeover } from '../domain/takeover.ts';
import { procedureGrants } from './procedure-grants.ts';

export const takeoverGrants = procedureGrants(takeoverTransitions);

/** Every action on a takeover that is there, with the refusal that its state would give. */
export const judgeTakeoverActions = (takeover: Takeover): JudgedAction[] =>
  judgeActions(
    takeoverRules.actions.filter((action) => action !== 'openTakeover'),
    (action) => takeoverRules.refusal(takeover, action),
  );
