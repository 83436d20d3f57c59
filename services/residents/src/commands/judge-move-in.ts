import type { Tx } from '@steward/db';
import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { meters, moveInTransitions } from '../domain/move-in-policy.ts';
import { moveInRules, requiredPapers, type RequiredPaper } from '../domain/move-in-rules.ts';
import type { MeterKind, MoveIn } from '../domain/move-in.ts';
import { paperFigures } from './lock-move-in.ts';
import { procedureGrants } from './procedure-grants.ts';

export const moveInGrants = procedureGrants(moveInTransitions);

/** Every action on a move-in that is there, with the refusal that its state would give. */
export const judgeMoveInActions = (moveIn: MoveIn): JudgedAction[] =>
  judgeActions(
    moveInRules.actions.filter((action) => action !== 'openMoveIn'),
    (action) => moveInRules.refusal(moveIn, action),
  );

/** Reading: the papers that an applicant of the kind brings in the community. */
export const papersFor = async (
  tx: Tx,
  { applicantKind, communityId }: Pick<MoveIn, 'applicantKind' | 'communityId'>,
): Promise<RequiredPaper[]> => requiredPapers(applicantKind, await paperFigures(tx, communityId));

/** Readings as quantities; none before they were confirmed. */
export function readingsOf(readings: Readonly<Record<MeterKind, string | null>>) {
  return (Object.keys(meters) as MeterKind[]).flatMap((meter) => {
    const value = readings[meter];
    return value === null ? [] : [{ meter, value: { value, unit: meters[meter] } }];
  });
}
