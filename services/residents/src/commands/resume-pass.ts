import type { Tx } from '@steward/db';
import { passResumed } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { passAggregate } from '../db/pass-entities.ts';
import { passKinds } from '../domain/pass-policy.ts';
import { passRules, requireSuspendedByHand } from '../domain/pass-rules.ts';
import type { ResumePassInput } from '../graphql/generated.ts';

export async function resumePass(tx: Tx, input: ResumePassInput): Promise<{ id: string }> {
  const pass = await lockAuthorized(tx, passAggregate, input);
  const resumed = passRules.moveTo(pass, 'resumePass', 'VALID');
  requireSuspendedByHand(pass);
  const note = { action: 'resumePass', rule: passKinds[pass.kind].rule };
  const saved = await saveAggregate(tx, passAggregate, pass, { ...resumed, suspendedBy: null, reasonCode: null }, note);
  publish(tx, saved, passResumed, { passId: pass.id });
  return { id: pass.id };
}
