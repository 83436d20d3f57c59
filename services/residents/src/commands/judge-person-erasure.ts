import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { requireDecidable } from '../domain/person-erasure-rules.ts';
import type { PersonErasure } from '../domain/person-erasure.ts';

/** What stands in the way of the person's affairs is told by the mutation itself. */
export const judgePersonErasure = (erasure: PersonErasure, viewer: string): JudgedAction[] =>
  judgeActions(['decidePersonErasure'], () => requireDecidable(erasure, viewer));
