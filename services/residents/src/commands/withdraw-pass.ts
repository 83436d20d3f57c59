import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { passWithdrawn } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { passAggregate } from '../db/pass-entities.ts';
import { passKinds } from '../domain/pass-policy.ts';
import { isReasonCode, passRules } from '../domain/pass-rules.ts';
import type { WithdrawPassInput } from '../graphql/generated.ts';

export async function withdrawPass(tx: Tx, input: WithdrawPassInput): Promise<{ id: string }> {
  const { reasonCode } = input;
  const pass = await lockAuthorized(tx, passAggregate, input);
  const { rule } = passKinds[pass.kind];
  const changed = passRules.moveTo(pass, 'withdrawPass', 'WITHDRAWN');
  if (!isReasonCode(reasonCode)) {
    throw new DomainError('BAD_USER_INPUT', 'REASON_CODE_MALFORMED', { path: 'input.reasonCode', rule });
  }
  const note = { action: 'withdrawPass', reasonCode, rule };
  const saved = await saveAggregate(tx, passAggregate, pass, { ...changed, suspendedBy: null, reasonCode }, note);
  publish(tx, saved, passWithdrawn, { passId: pass.id, reasonCode });
  return { id: pass.id };
}
