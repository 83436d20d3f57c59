import { names } from './counter-names-en.ts';
import { texts } from './counter-texts-en.ts';
import { financeNames } from './finance-names-en.ts';

export const labels: Record<string, string> = { ...names, ...financeNames, ...texts };
