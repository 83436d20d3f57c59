import type { OutsideTimer, TimerCommand } from '@steward/service-kit';

import { announceProviderOrder } from './announce-provider-order.ts';
import { compareProviderBill } from './compare-provider-bill.ts';
import { endProviderOrder } from './end-provider-order.ts';
import { providerBillTimer, providerExpiryTimer, providerOrderTimer, providerRefundTimer } from './provider-timers.ts';
import { sendProviderRefund } from './send-provider-refund.ts';
import { counterDayTimer, startCounterDay } from './start-counter-day.ts';

export const counterTimers: Record<string, TimerCommand> = { [counterDayTimer]: startCounterDay };

/** Work that leaves the database: calls of the payment provider. */
export const counterOutside: Record<string, OutsideTimer> = {
  [providerOrderTimer]: announceProviderOrder,
  [providerExpiryTimer]: endProviderOrder,
  [providerRefundTimer]: sendProviderRefund,
  [providerBillTimer]: compareProviderBill,
};
