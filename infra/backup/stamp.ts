/** An instant as part of a name; names in this form sort as the instants do. */
export const stampOf = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
