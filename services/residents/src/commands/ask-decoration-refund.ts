import type { Tx } from '@steward/db';
import { decorationRefundRequested } from '@steward/events';
import { publish } from '@steward/service-kit';

import { decorationSumFact, type DecorationSum } from '../domain/decoration-facts.ts';
import { isRefundDue } from '../domain/decoration-rules.ts';
import type { Decoration, DecorationPapers } from '../domain/decoration.ts';

/** The application with its deposit asked back, if that is due (A225); otherwise as it is. */
export const withRefundAsked = (decoration: Decoration, papers: DecorationPapers): Decoration =>
  isRefundDue(decoration, papers) ? { ...decoration, depositState: 'REFUND_REQUESTED' } : decoration;

/** Tells billing of every sum that a saved change has asked back. */
export function publishRefunds(tx: Tx, before: Decoration, saved: Decoration): void {
  const sums: DecorationSum[] = ['deposit', 'wasteFee'];
  for (const sum of sums) {
    const isAsked = saved[`${sum}State`] === 'REFUND_REQUESTED' && before[`${sum}State`] !== 'REFUND_REQUESTED';
    const chargeId = saved[`${sum}ChargeId`];
    if (!isAsked) continue;
    if (chargeId === null) throw new Error('what was paid has a charge');
    publish(tx, saved, decorationRefundRequested, { ...decorationSumFact(saved, sum), chargeId });
  }
}
