import { codes } from './labels/codes-zh-cn.ts';
import { names } from './labels/names-zh-cn.ts';
import { texts } from './labels/texts-zh-cn.ts';

/** 字段、取值、代码的名称，以及拒绝原因与通知的文字。 */
export const labels: Record<string, string> = { ...names, ...codes, ...texts };
