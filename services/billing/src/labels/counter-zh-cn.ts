import { names } from './counter-names-zh-cn.ts';
import { texts } from './counter-texts-zh-cn.ts';
import { financeNames } from './finance-names-zh-cn.ts';

export const labels: Record<string, string> = { ...names, ...financeNames, ...texts };
