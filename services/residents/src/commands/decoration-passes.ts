import { startOfLocalDay, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { decorationPassesIssued } from '@steward/events';
import { publish } from '@steward/service-kit';

import { phoneViolations, textViolations } from '../domain/text-rules.ts';
import type { Decoration } from '../domain/decoration.ts';
import type { DecorationWorkerInput } from '../graphql/generated.ts';
import { issuePasses } from './issue-passes.ts';

/** What passes of an application's workers were issued for. */
export const passCauseOf = ({ id }: Pick<Decoration, 'id'>) => ({ type: 'decoration', id });

/** What is wrong with the workers that passes are asked for (A086). */
export function workerViolations(workers: readonly DecorationWorkerInput[], most: number): Violation[] {
  const rule = 'A086';
  const path = 'input.workers';
  if (workers.length === 0) return [{ path, reason: 'WORKERS_REQUIRED', rule }];
  if (workers.length > most) return [{ path, reason: 'TOO_MANY_WORKERS', rule, params: { most } }];
  return workers.flatMap(({ name, phone, identityNumber }, index) =>
    [
      ...textViolations(name, `${path}.${index}.name`),
      ...textViolations(identityNumber, `${path}.${index}.identityNumber`),
      ...phoneViolations(phone, `${path}.${index}.phone`),
    ].map((violation) => ({ ...violation, rule })),
  );
}

/** Passes for the workers, as long as the permit lasts; of an application that this transaction has saved. */
export async function issueWorkerPasses(
  tx: Tx,
  decoration: Decoration,
  workers: readonly DecorationWorkerInput[],
  zone: string,
): Promise<void> {
  const { communityId, unitId, householdId, contractorId: organisationId, permitFrom, permitTo } = decoration;
  if (permitFrom === null || permitTo === null) throw new Error('passes are issued with a permit');
  const passes = await issuePasses(tx, {
    kind: 'WORKER',
    communityId,
    unitId,
    householdId,
    organisationId,
    cause: passCauseOf(decoration),
    validFrom: startOfLocalDay(permitFrom, zone),
    validTo: startOfLocalDay(permitTo, zone),
    holders: workers.map(({ name, identityNumber, phone }) => ({
      name: name.trim(),
      identityNumber,
      phone: phone ?? null,
    })),
  });
  const passIds = passes.map(({ id }) => id);
  publish(tx, decoration, decorationPassesIssued, { decorationId: decoration.id, passIds });
}
