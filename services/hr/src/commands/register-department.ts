import { DomainError, isId, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { departmentRegistered } from '@steward/events';
import { authorize, insertAggregate, lockNaturalKeys, publish } from '@steward/service-kit';

import { departmentAggregate } from '../db/aggregates.ts';
import { departmentEntity } from '../db/entities.ts';
import { setupViolations } from '../domain/setup-rules.ts';
import type { RegisterDepartmentInput } from '../graphql/generated.ts';

export async function registerDepartment(tx: Tx, input: RegisterDepartmentInput): Promise<{ id: string }> {
  await authorize(tx, {});
  refuseAll(setupViolations(input, isId));
  await lockNaturalKeys(tx, 'department');
  const id = input.id ?? newId();
  const known = await tx.find(departmentEntity, { where: [{ number: input.code }, { id }] });
  if (known.some((one) => one.number === input.code))
    throw new DomainError('CONFLICT', 'DEPARTMENT_CODE_TAKEN', { path: 'input.code' });
  if (known.length > 0) throw new DomainError('CONFLICT', 'ID_TAKEN', { path: 'input.id' });
  const fresh = { id, communityId: null, number: input.code, name: input.name.trim() };
  const department = await insertAggregate(tx, departmentAggregate, fresh, { action: 'registerDepartment' });
  publish(tx, department, departmentRegistered, { departmentId: id, code: department.number });
  return { id };
}
