import type { HrContext } from '../db/loaders.ts';
import type { PayrollLineRow } from '../domain/pay.ts';

/** Figures of a line that are amounts, in minor units. */
const amounts = new Set(['base', 'each']);
/** Figures that are codes, with what their names stand under. */
const codes: Readonly<Record<string, string>> = { leaveKind: 'leaveKind', conductKind: 'conduct' };

/** How a line of pay was reckoned, in the language of the request: its text with its figures. */
export function explainPay(
  ctx: Pick<HrContext, 'label'>,
  { kind, params }: Pick<PayrollLineRow, 'kind' | 'params'>,
): string {
  return ctx.label(`payrollLine.${kind}`).replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = params[name] ?? '';
    const prefix = codes[name];
    if (prefix !== undefined) return ctx.label(`${prefix}.${value}`);
    return amounts.has(name) ? (Number(value) / 100).toFixed(2) : String(value);
  });
}
