import { codes } from './labels/codes-en.ts';
import { names } from './labels/names-en.ts';
import { texts } from './labels/texts-en.ts';

/** Names of fields, values and codes, and the texts of refusals and notifications. */
export const labels: Record<string, string> = { ...names, ...codes, ...texts };
