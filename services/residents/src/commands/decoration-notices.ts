import type { Tx } from '@steward/db';

import { decorationDepartments } from '../domain/decoration-policy.ts';
import type { Decoration } from '../domain/decoration.ts';
import { tell } from '../db/notices.ts';

type Params = Record<string, string | number | boolean | null>;

/** Tells the supervisor of a department about an application. */
export const tellDepartment = (
  tx: Tx,
  decoration: Decoration,
  department: keyof typeof decorationDepartments,
  template: string,
  params?: Params,
): Promise<void> =>
  tell(tx, decoration, { role: 'supervisor', departmentCode: decorationDepartments[department] }, template, params);

/** Maintenance and security are told of what they watch over (A089). */
export async function tellWatchers(tx: Tx, decoration: Decoration, template: string, params?: Params): Promise<void> {
  await tellDepartment(tx, decoration, 'maintenance', template, params);
  await tellDepartment(tx, decoration, 'security', template, params);
}

export const tellDecorationHousehold = (
  tx: Tx,
  decoration: Decoration,
  template: string,
  params?: Params,
): Promise<void> => tell(tx, decoration, { householdId: decoration.householdId }, template, params);
