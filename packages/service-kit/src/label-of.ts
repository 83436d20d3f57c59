import type { Locale } from '@steward/core';
import type { Tx } from '@steward/db';

import { serviceOf } from './running.ts';

/** The name of a field, value or code, for what a command writes on paper. */
export const labelOf = (tx: Tx, key: string, locale: Locale): string => serviceOf(tx).labels[locale][key] ?? key;
