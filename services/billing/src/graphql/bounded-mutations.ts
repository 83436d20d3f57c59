import { checkAmounts } from '../commands/check-amounts.ts';
import type { BillingContext } from '../db/loaders.ts';

type Amount = { path: string; amount: number };

/** What of a type of the schema is looked at: what it wraps, or its name and fields. */
type InputType = {
  name?: string;
  ofType?: InputType;
  getFields?: () => Record<string, { name: string; type: InputType }>;
};

/**
 * Every amount of money in an input, by its type, with the path that leads to it. Rows of an import are left to it: it
 * answers each of them by itself.
 */
function amountsIn(type: InputType, value: unknown, path: string): Amount[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => amountsIn(type, each, `${path}.${index}`));
  if (type.ofType !== undefined) return amountsIn(type.ofType, value, path);
  if (type.name === 'MinorUnits') return [{ path, amount: value as number }];
  const fields = Object.values(type.getFields?.() ?? {}).filter(({ name }) => name !== 'rows');
  return fields.flatMap((field) =>
    amountsIn(field.type, (value as Record<string, unknown>)[field.name], `${path}.${field.name}`),
  );
}

type Info = {
  fieldName: string;
  parentType: { getFields: () => Record<string, { args: readonly { name: string; type: InputType }[] }> };
};
type Resolver = (parent: unknown, args: Record<string, unknown>, ctx: BillingContext, info: Info) => unknown;

/** Looks at the amounts that a mutation takes before it is run. */
const bounded =
  (resolve: Resolver): Resolver =>
  (parent, args, ctx, info) => {
    const taken = info.parentType.getFields()[info.fieldName]?.args ?? [];
    checkAmounts(taken.flatMap(({ name, type }) => amountsIn(type, args[name], name)));
    return resolve(parent, args, ctx, info);
  };

/** Mutations none of which takes an amount above the bound (`domain/money-policy.ts`). */
export const boundedMutations = <T extends object>(mutations: T): T =>
  Object.fromEntries(Object.entries(mutations).map(([name, resolve]) => [name, bounded(resolve as Resolver)])) as T;
