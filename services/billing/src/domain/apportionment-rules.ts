import { Exact } from './exact.ts';

/** Somebody who bears a share, with the weight of it: an area, a use, 1 for each household. */
export type Bearer = { id: string; weight: string };

export type Share = { id: string; weight: string; amount: number };

type Part = { id: string; weight: string; floor: number; rest: Exact };

/** Largest remainder first; bearers with equal ones in the order of their ids, so that the result never depends on chance. */
const byRemainder = (one: Part, other: Part): number =>
  other.rest.comparedTo(one.rest) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

/**
 * Shares out a total by weight so that the shares equal the total to the cent (A014): everybody gets the whole part of
 * their quota, the cents that are left go to the largest remainders. The same bearers give the same shares in any order.
 */
export function apportion(total: number, bearers: readonly Bearer[]): Share[] {
  const sum = bearers.reduce((all, { weight }) => all.plus(weight), new Exact(0));
  if (sum.isZero()) throw new RangeError('nobody bears a share');
  const parts = bearers.map(({ id, weight }): Part => {
    const whole = new Exact(weight).times(total);
    const floor = whole.divToInt(sum);
    // Remainders of one division have one denominator: they are compared without being divided.
    return { id, weight, floor: floor.toNumber(), rest: whole.minus(floor.times(sum)) };
  });
  const left = total - parts.reduce((all, { floor }) => all + floor, 0);
  const lucky = new Set(
    [...parts]
      .sort(byRemainder)
      .slice(0, left)
      .map(({ id }) => id),
  );
  return parts.map(({ id, weight, floor }) => ({ id, weight, amount: floor + (lucky.has(id) ? 1 : 0) }));
}

export type SectionBearer = Bearer & { sectionId: string };

/** By section (单元): the total equally among the sections first, then by weight inside each. */
export function apportionBySection(total: number, bearers: readonly SectionBearer[]): Share[] {
  const sections = new Map<string, SectionBearer[]>();
  for (const bearer of bearers) sections.set(bearer.sectionId, [...(sections.get(bearer.sectionId) ?? []), bearer]);
  const totals = apportion(
    total,
    [...sections.keys()].map((id) => ({ id, weight: '1' })),
  );
  return totals.flatMap(({ id, amount }) => apportion(amount, sections.get(id) ?? []));
}
