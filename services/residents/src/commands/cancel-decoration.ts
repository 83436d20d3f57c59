import type { Tx } from '@steward/db';
import { decorationCancelled } from '@steward/events';
import { cancelDeadlines, lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDecorationHousehold, tellDepartment } from './decoration-notices.ts';
import { cancelDecorationRule } from '../domain/decoration-rules.ts';
import type { Decoration } from '../domain/decoration.ts';
import type { CancelDecorationInput } from '../graphql/generated.ts';
import { publishRefunds } from './ask-decoration-refund.ts';

/** What was paid is asked back. */
const refunded = (decoration: Decoration): Decoration => ({
  ...decoration,
  depositState: decoration.depositState === 'SETTLED' ? 'REFUND_REQUESTED' : decoration.depositState,
  wasteFeeState: decoration.wasteFeeState === 'SETTLED' ? 'REFUND_REQUESTED' : decoration.wasteFeeState,
});

/** An application given up before its permit. */
export async function cancelDecoration(tx: Tx, input: CancelDecorationInput): Promise<{ id: string }> {
  const { reasonCode } = input;
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  const cancelled = refunded(cancelDecorationRule(decoration, reasonCode));
  const note = { action: 'cancelDecoration', reasonCode, rule: 'B010' };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, cancelled, note);
  publish(tx, saved, decorationCancelled, { decorationId: saved.id, reasonCode });
  publishRefunds(tx, decoration, saved);
  await cancelDeadlines(tx, saved);
  await tellDecorationHousehold(tx, saved, 'decorationCancelled', { reasonCode });
  await tellDepartment(tx, saved, 'desk', 'decorationCancelled', { reasonCode });
  return { id: saved.id };
}
