import type { OutsideTimer, TimerCommand } from '@steward/service-kit';

import { announceProviderOrder } from './announce-provider-order.ts';
import { applyAccountAdvance } from './apply-account-advance.ts';
import { compareProviderBill } from './compare-provider-bill.ts';
import { correctInvoices } from './correct-invoices.ts';
import { accountAdvanceTimer, debtListTimer, dunningEndTimer } from './debt-timers.ts';
import { endDunning } from './end-dunning.ts';
import { endProviderOrder } from './end-provider-order.ts';
import { invoiceCorrectionTimer } from './invoice-timers.ts';
import { listDebtsOfDay } from './list-debts-of-day.ts';
import { providerBillTimer, providerExpiryTimer, providerOrderTimer, providerRefundTimer } from './provider-timers.ts';
import { sendProviderRefund } from './send-provider-refund.ts';
import { counterDayTimer, startCounterDay } from './start-counter-day.ts';

export const counterTimers: Record<string, TimerCommand> = {
  [invoiceCorrectionTimer]: correctInvoices,
  [counterDayTimer]: startCounterDay,
  [debtListTimer]: listDebtsOfDay,
  [dunningEndTimer]: endDunning,
  [accountAdvanceTimer]: applyAccountAdvance,
};

/** Work that leaves the database: calls of the payment provider. */
export const counterOutside: Record<string, OutsideTimer> = {
  [providerOrderTimer]: announceProviderOrder,
  [providerExpiryTimer]: endProviderOrder,
  [providerRefundTimer]: sendProviderRefund,
  [providerBillTimer]: compareProviderBill,
};
