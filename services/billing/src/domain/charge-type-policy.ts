/** Who answers for a charge: the owner of the unit, or whoever lives or trades in it. */
export type LiableTenure = 'OWNER' | 'OCCUPANT';

/**
 * A kind of charge. `cycleMonths` is how long one bill of it covers; null: raised when its cause arises. Cycles start in
 * `startMonth` of the year and every `cycleMonths` from there.
 */
export type ChargeType = {
  code: string;
  cycleMonths: number | null;
  startMonth: number | null;
  liable: LiableTenure;
  rule: string;
};

/** The built-in kinds; a billing cycle belongs to the kind (settled reading 8). */
export const builtInChargeTypes = [
  { code: 'TELEPHONE', cycleMonths: 1, startMonth: 1, liable: 'OCCUPANT', rule: 'A228' },
  { code: 'WATER', cycleMonths: 3, startMonth: 1, liable: 'OCCUPANT', rule: 'A230' },
  { code: 'ELECTRICITY', cycleMonths: 3, startMonth: 1, liable: 'OCCUPANT', rule: 'A230' },
  { code: 'HOT_WATER', cycleMonths: 3, startMonth: 1, liable: 'OCCUPANT', rule: 'A230' },
  { code: 'GAS', cycleMonths: 3, startMonth: 1, liable: 'OCCUPANT', rule: 'A230' },
  { code: 'CABLE_TV', cycleMonths: 3, startMonth: 1, liable: 'OCCUPANT', rule: 'A230' },
  { code: 'MANAGEMENT_FEE', cycleMonths: 3, startMonth: 1, liable: 'OWNER', rule: 'A230' },
  // The heating season of the north begins in November; its year is charged at once.
  { code: 'HEATING', cycleMonths: 12, startMonth: 11, liable: 'OWNER', rule: 'A231' },
  { code: 'PUBLIC_WATER', cycleMonths: 3, startMonth: 1, liable: 'OCCUPANT', rule: 'A249' },
  { code: 'PUBLIC_ELECTRICITY', cycleMonths: 3, startMonth: 1, liable: 'OCCUPANT', rule: 'A249' },
  { code: 'STAFF_MEAL', cycleMonths: 1, startMonth: 1, liable: 'OCCUPANT', rule: 'A014' },
  { code: 'LATE_FEE', cycleMonths: 1, startMonth: 1, liable: 'OWNER', rule: 'A230' },
  { code: 'DECORATION_WASTE', cycleMonths: null, startMonth: null, liable: 'OWNER', rule: 'A087' },
  { code: 'DECORATION_DEPOSIT', cycleMonths: null, startMonth: null, liable: 'OWNER', rule: 'A087' },
  { code: 'PASS_FEE', cycleMonths: null, startMonth: null, liable: 'OCCUPANT', rule: 'A087' },
  { code: 'PAID_SERVICE', cycleMonths: null, startMonth: null, liable: 'OCCUPANT', rule: 'A087' },
  { code: 'VENUE_RENT', cycleMonths: null, startMonth: null, liable: 'OCCUPANT', rule: 'B011' },
  // The share of a rent or price that an owner or a developer agreed to pay for finding who rents or buys.
  { code: 'AGENCY_COMMISSION', cycleMonths: null, startMonth: null, liable: 'OWNER', rule: 'A226' },
  // What was given back of money that never came.
  { code: 'RETURNED_REFUND', cycleMonths: null, startMonth: null, liable: 'OCCUPANT', rule: 'B045' },
  // Stands for everything that a household owes for a unit that it leaves; itself it is nothing.
  { code: 'FINAL_SETTLEMENT', cycleMonths: null, startMonth: null, liable: 'OCCUPANT', rule: 'A087' },
] as const satisfies readonly ChargeType[];

const byCode: ReadonlyMap<string, ChargeType> = new Map(builtInChargeTypes.map((type) => [type.code, type]));

export const chargeTypeOf = (code: string): ChargeType | undefined => byCode.get(code);

/** Every kind with who answers for it, in one order. */
export const liableKinds = {
  codes: builtInChargeTypes.map(({ code }) => code),
  liable: builtInChargeTypes.map(({ liable }) => liable),
};

/** Kinds of which an empty flat in custody pays a share: the management fee alone (settled reading 6). */
export const custodyChargeTypes: readonly string[] = ['MANAGEMENT_FEE'];

/** The kind that is charged on what is overdue, by the community's terms instead of a tariff. */
export const lateFeeCode = 'LATE_FEE';

/** The kind that is settled when everything else of a unit and a household is. */
export const finalSettlementCode = 'FINAL_SETTLEMENT';

/** The kind that claims back what was given back of money that never came. */
export const returnedRefundCode = 'RETURNED_REFUND';

/** Kinds whose cost is shared out instead of having a tariff. */
export const sharedChargeTypes: readonly string[] = ['PUBLIC_WATER', 'PUBLIC_ELECTRICITY', 'STAFF_MEAL'];
