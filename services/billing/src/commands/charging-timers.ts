import type { TimerCommand } from '@steward/service-kit';

import { applyRunAdvances } from './apply-run-advances.ts';
import { computeChargeRunStep } from './compute-charge-run.ts';
import { runAdvancesTimer } from './debt-timers.ts';
import { postChargeRunStep } from './post-charge-run-step.ts';
import { postStepTimer } from './post-charge-run.ts';
import { reverseChargeRunStep, reverseStepTimer } from './reverse-charge-run.ts';
import { noticeTimer, sendPaymentNotices } from './send-payment-notices.ts';
import { computeStepTimer } from './start-charge-run.ts';

export const chargingTimers: Record<string, TimerCommand> = {
  [computeStepTimer]: computeChargeRunStep,
  [postStepTimer]: postChargeRunStep,
  [reverseStepTimer]: reverseChargeRunStep,
  [runAdvancesTimer]: applyRunAdvances,
  [noticeTimer]: sendPaymentNotices,
};
