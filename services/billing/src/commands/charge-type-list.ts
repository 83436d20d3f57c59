import { builtInChargeTypes, type ChargeType } from '../domain/charge-type-policy.ts';

/** The kinds of charges, for clients. */
export const chargeTypeList = (): ChargeType[] => [...builtInChargeTypes];
