import type { Tx } from '@steward/db';
import { escortedAccessAssigned } from '@steward/events';
import { publish, saveAggregate, unseal } from '@steward/service-kit';

import { tell } from '../db/notices.ts';
import { escortedAccessAggregate } from '../db/register-entities.ts';
import type { EscortedAccess } from '../domain/escorted-access.ts';
import type { AssignEscortInput } from '../graphql/generated.ts';
import { issuePasses } from './issue-passes.ts';
import { escortCause, lockEscortedAccess } from './lock-escorted-access.ts';

/** Who is escorted gets a pass; a later escort finds it issued. */
async function issuePassOnce(tx: Tx, access: EscortedAccess): Promise<void> {
  if (access.escortId !== null) return;
  const { communityId, unitId, organisationId, validFrom, validTo, visitorCount: holderCount } = access;
  const place = { communityId, unitId, organisationId, validFrom, validTo, holderCount };
  const holders = [{ name: unseal(tx, access.visitorNameSealed) }];
  await issuePasses(tx, { kind: 'SHOW_FLAT', cause: escortCause(access), holders, ...place });
}

export async function assignEscort(tx: Tx, input: AssignEscortInput): Promise<{ id: string }> {
  const action = 'assignEscort';
  const access = await lockEscortedAccess(tx, input, action);
  const { escortId } = input;
  const saved = await saveAggregate(
    tx,
    escortedAccessAggregate,
    access,
    { ...access, escortId },
    { action, rule: 'B006' },
  );
  publish(tx, saved, escortedAccessAssigned, { escortedAccessId: access.id, escortId });
  await issuePassOnce(tx, access);
  await tell(tx, saved, { staffId: escortId }, 'escortAssigned', {
    kind: access.kind,
    at: access.validFrom.toISOString(),
  });
  return { id: access.id };
}
