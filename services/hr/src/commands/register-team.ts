import { DomainError, isId, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { teamRegistered } from '@steward/events';
import { authorize, insertAggregate, lockNaturalKeys, publish } from '@steward/service-kit';

import { teamAggregate } from '../db/aggregates.ts';
import { loadDirectory } from '../db/directory-queries.ts';
import { teamEntity } from '../db/entities.ts';
import { teamOf } from '../domain/post-rules.ts';
import { judgeTeam, setupViolations } from '../domain/setup-rules.ts';
import type { RegisterTeamInput } from '../graphql/generated.ts';

export async function registerTeam(tx: Tx, input: RegisterTeamInput): Promise<{ id: string }> {
  const { communityId, departmentCode, code } = input;
  await authorize(tx, { communityId });
  await lockNaturalKeys(tx, 'team');
  const directory = await loadDirectory(tx, [communityId]);
  const { departmentId, violations } = judgeTeam(input, directory);
  refuseAll([...setupViolations(input, isId), ...violations]);
  if (teamOf(directory, communityId, code) !== undefined)
    throw new DomainError('CONFLICT', 'TEAM_CODE_TAKEN', { path: 'input.code' });
  const id = input.id ?? newId();
  if (await tx.existsBy(teamEntity, { id })) throw new DomainError('CONFLICT', 'ID_TAKEN', { path: 'input.id' });
  const fresh = { id, communityId, number: code, departmentId, name: input.name.trim() };
  const team = await insertAggregate(tx, teamAggregate, fresh, { action: 'registerTeam' });
  publish(tx, team, teamRegistered, { teamId: id, communityId, departmentId, departmentCode, code });
  return { id };
}
