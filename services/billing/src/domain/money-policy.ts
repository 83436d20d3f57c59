/**
 * The most that one amount may be that anybody enters: a billion yuan. A sum of 90,000 such is exact in a JSON number, and
 * far from what the books can hold.
 */
export const mostAmount = { value: 100_000_000_000, unit: 'minor unit' } as const;
