export type CodeValue = { code: string; label?: string; labelKey?: string };

/** A built-in code, named by the labels under `chargeType.X`. */
export const chargeTypeValue = (code: string): CodeValue => ({ code, labelKey: `chargeType.${code}` });
