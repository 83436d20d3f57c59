import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { escortedAccessChecked } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { checkItems, publish, saveAggregate } from '@steward/service-kit';

import { escortedAccessAggregate } from '../db/register-entities.ts';
import { checkViolations, unknownItems } from '../domain/register-rules.ts';
import type { CheckEscortedAccessInput } from '../graphql/generated.ts';
import { lockEscortedAccess } from './lock-escorted-access.ts';

/** The escort looks at the finished goods (B006). */
export async function checkEscortedAccess(tx: Tx, input: CheckEscortedAccessInput): Promise<{ id: string }> {
  const action = 'checkEscortedAccess';
  const access = await lockEscortedAccess(tx, input, action);
  const { list, results } = input;
  const photoFileIds = input.photoFileIds ?? [];
  const violations = checkViolations(access, list, { results, photoCount: photoFileIds.length });
  refuseAll([...violations, ...unknownItems(await checkItems(tx, access.id, list, results))]);
  await requireUploaded(tx, photoFileIds, 'photo', 'input.photoFileIds');
  const seen = { ...access, photoFileIds: [...access.photoFileIds, ...photoFileIds] };
  const saved = await saveAggregate(tx, escortedAccessAggregate, access, seen, { action, reason: list, rule: 'B006' });
  const failedItemCodes = results.filter(({ result }) => result === 'FAIL').map(({ code }) => code);
  publish(tx, saved, escortedAccessChecked, { escortedAccessId: access.id, list, failedItemCodes });
  return { id: access.id };
}
