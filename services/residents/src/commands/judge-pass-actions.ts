import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { checksOf, passRules, type PassCheck } from '../domain/pass-rules.ts';
import type { Pass } from '../domain/pass.ts';

export const judgePassActions = (pass: Pass): JudgedAction[] =>
  judgeActions(passRules.actions, (action) => passRules.refusal(pass, action));

/** What a guard has to look at. */
export const checksOfPass = (pass: Pass): PassCheck[] => checksOf(pass);
