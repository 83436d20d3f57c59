import { labels as charging } from './labels/charging-zh-cn.ts';
import { labels as counter } from './labels/counter-zh-cn.ts';
import { labels as ledger } from './labels/ledger-zh-cn.ts';

/** 字段、取值、代码的名称，以及拒绝原因与通知的文字。 */
export const labels: Record<string, string> = { ...ledger, ...charging, ...counter };
