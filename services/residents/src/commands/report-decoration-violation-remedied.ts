import { txScope, type Tx } from '@steward/db';
import { decorationViolationRemedied } from '@steward/events';
import { invocationOf, lockAuthorized, meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { decorationViolationAggregate } from '../db/decoration-aggregates.ts';
import { tell } from '../db/notices.ts';
import { violationFact } from '../domain/decoration-facts.ts';
import { decorationDepartments } from '../domain/decoration-policy.ts';
import { reportRemedied } from '../domain/decoration-violation-rules.ts';
import type { ReportDecorationViolationRemediedInput } from '../graphql/generated.ts';

/** The household, or staff for it, says that it is remedied; somebody else looks (A250). */
export async function reportDecorationViolationRemedied(
  tx: Tx,
  input: ReportDecorationViolationRemediedInput,
): Promise<{ id: string }> {
  const violation = await lockAuthorized(tx, decorationViolationAggregate, input);
  const { now } = txScope(tx);
  const remedied = reportRemedied(violation, now, invocationOf(tx).viewer.staffId ?? null);
  const note = { action: 'reportDecorationViolationRemedied', rule: 'A250' };
  const saved = await saveAggregate(tx, decorationViolationAggregate, violation, remedied, note);
  publish(tx, saved, decorationViolationRemedied, violationFact(saved));
  await meetDeadline(tx, saved, 'REMEDY', now);
  const to = { role: 'supervisor', departmentCode: decorationDepartments.security } as const;
  await tell(tx, saved, to, 'decorationViolationRemedied');
  return { id: saved.id };
}
