import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { passSuspended } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { passAggregate } from '../db/pass-entities.ts';
import { passKinds } from '../domain/pass-policy.ts';
import { isReasonCode, passRules } from '../domain/pass-rules.ts';
import type { SuspendPassInput } from '../graphql/generated.ts';

export async function suspendPass(tx: Tx, input: SuspendPassInput): Promise<{ id: string }> {
  const { reasonCode } = input;
  const pass = await lockAuthorized(tx, passAggregate, input);
  const { rule } = passKinds[pass.kind];
  const changed = passRules.moveTo(pass, 'suspendPass', 'SUSPENDED');
  if (!isReasonCode(reasonCode)) {
    throw new DomainError('BAD_USER_INPUT', 'REASON_CODE_MALFORMED', { path: 'input.reasonCode', rule });
  }
  const note = { action: 'suspendPass', reasonCode, rule };
  const saved = await saveAggregate(tx, passAggregate, pass, { ...changed, suspendedBy: 'HAND', reasonCode }, note);
  publish(tx, saved, passSuspended, { passId: pass.id, reasonCode });
  return { id: pass.id };
}
