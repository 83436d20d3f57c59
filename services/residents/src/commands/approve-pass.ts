import { txScope, type Tx } from '@steward/db';
import { passIssued } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { tell } from '../db/notices.ts';
import { passAggregate } from '../db/pass-entities.ts';
import { passFact } from '../domain/pass-facts.ts';
import { passKinds } from '../domain/pass-policy.ts';
import { passRules, requireHolding } from '../domain/pass-rules.ts';
import type { ApprovePassInput } from '../graphql/generated.ts';

export async function approvePass(tx: Tx, input: ApprovePassInput): Promise<{ id: string }> {
  const pass = await lockAuthorized(tx, passAggregate, input);
  const approved = passRules.moveTo(pass, 'approvePass', 'VALID');
  // A slip may be written for tomorrow, not for yesterday.
  const { now } = txScope(tx);
  requireHolding(approved, now < pass.validFrom ? pass.validFrom : now, null);
  const note = { action: 'approvePass', rule: passKinds[pass.kind].rule };
  const saved = await saveAggregate(tx, passAggregate, pass, approved, note);
  publish(tx, saved, passIssued, passFact(saved));
  if (pass.householdId !== null) {
    const params = { kind: pass.kind, validTo: pass.validTo.toISOString() };
    await tell(tx, pass, { householdId: pass.householdId }, 'passIssued', params);
  }
  return { id: pass.id };
}
