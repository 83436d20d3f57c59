import type { Days } from './proration-rules.ts';

/** Why a charge is taken back when its days turn out to be somebody else's. */
export const holderChanged = 'HOLDER_CHANGED';

/** Why a charge is taken back when custody began or ended on some of its days. */
export const custodyChanged = 'CUSTODY_CHANGED';

/** A charge whose days are to be charged again. */
export type Moved = {
  id: string;
  unitId: string;
  householdId: string;
  billingAccountId: string;
  chargeTypeCode: string;
  isOnce: boolean;
  periodFrom: string;
  periodTo: string;
  dueOn: string | null;
};

/** Kinds that are charged again together: of the same days, for the same units. */
export type Recharge = {
  period: Days;
  codes: string[];
  unitIds: string[];
  /** Of what households pay once: whose other units count too. */
  householdIds: string[];
  charges: Moved[];
};

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** What charges are charged again in as few goes as can be; days from `endsOn` on wait until somebody is known for them. */
export function recharges(moved: readonly Moved[], endsOn: string | null): Recharge[] {
  const keyOf = ({ unitId, periodFrom, periodTo, isOnce }: Moved): string =>
    [isOnce, unitId, periodFrom, periodTo].join('/');
  const places = [...Map.groupBy(moved, keyOf).values()].map((charges) => ({
    charges,
    codes: distinct(charges.map(({ chargeTypeCode }) => chargeTypeCode)),
  }));
  const groups = Map.groupBy(places, ({ charges: [one], codes }) =>
    [one?.isOnce, one?.periodFrom, one?.periodTo, ...codes].join('/'),
  );
  return [...groups.values()].flatMap((alike): Recharge[] => {
    const charges = alike.flatMap((place) => place.charges);
    const [first] = charges;
    if (first === undefined || (endsOn !== null && first.periodFrom >= endsOn)) return [];
    const to = endsOn !== null && endsOn < first.periodTo ? endsOn : first.periodTo;
    const once = charges.filter(({ isOnce }) => isOnce);
    return [
      {
        period: { from: first.periodFrom, to },
        codes: distinct(charges.map(({ chargeTypeCode }) => chargeTypeCode)),
        unitIds: distinct(charges.map(({ unitId }) => unitId)),
        householdIds: distinct(once.map(({ householdId }) => householdId)),
        charges,
      },
    ];
  });
}
