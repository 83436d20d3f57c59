/** First letters of the numbers of records: 人员 and 单位. */
export const numberPrefixes = { person: 'RY', organisation: 'DW' } as const;
