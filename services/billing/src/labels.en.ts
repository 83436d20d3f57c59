import { labels as charging } from './labels/charging-en.ts';
import { labels as counter } from './labels/counter-en.ts';
import { labels as ledger } from './labels/ledger-en.ts';

/** Names of fields, values and codes, and the texts of refusals and notifications. */
export const labels: Record<string, string> = { ...ledger, ...charging, ...counter };
