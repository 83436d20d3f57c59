import { interpolate } from '@steward/core';
import { formatAmount } from '@steward/documents';

import type { BillingContext } from '../db/loaders.ts';
import type { Payment } from '../domain/payment.ts';

/** What the cashier says with the receipt (B042): what was paid for how much, and the change to be counted. */
export async function spokenWords(ctx: BillingContext, payment: Payment): Promise<string> {
  const parts = await ctx.loaders.allocationsOf.load(payment.id);
  const items = parts.map(({ chargeTypeCode, amount }) =>
    interpolate(ctx.label('speech.item'), {
      item: ctx.label(`chargeType.${chargeTypeCode}`),
      amount: formatAmount(amount),
    }),
  );
  if (payment.advanceAmount > 0)
    items.push(
      interpolate(ctx.label('speech.item'), {
        item: ctx.label('paper.advance'),
        amount: formatAmount(payment.advanceAmount),
      }),
    );
  const meter = payment.meterId === null ? null : await ctx.loaders.meter.load(payment.meterId);
  if (meter !== null)
    items.push(
      interpolate(ctx.label('speech.item'), {
        item: `${ctx.label('paper.topUp')} ${meter.number}`,
        amount: formatAmount(payment.amount),
      }),
    );
  const words = {
    items: items.join(ctx.label('speech.and')),
    amount: formatAmount(payment.amount),
    change: formatAmount(payment.changeGiven),
  };
  return interpolate(ctx.label(payment.changeGiven > 0 ? 'speech.paymentWithChange' : 'speech.payment'), words);
}
