import {
  custodyEnded,
  custodyStarted,
  moveInChargeRequested,
  moveInReadingsConfirmed,
  moveOutChargeRequested,
  subscribe,
  type Handler,
} from '@steward/events';

import { keepBaseReadings } from '../commands/keep-base-readings.ts';
import { keepCustody } from '../commands/keep-custody.ts';
import { raiseFinalFee, raiseFirstFee } from '../commands/raise-period-fee.ts';

export const chargingHandlers: Handler[] = [
  subscribe(custodyStarted, 'keep-custody', keepCustody),
  subscribe(custodyEnded, 'keep-custody', keepCustody),
  subscribe(moveInReadingsConfirmed, 'keep-base-readings', keepBaseReadings),
  subscribe(moveInChargeRequested, 'raise-first-fee', raiseFirstFee),
  subscribe(moveOutChargeRequested, 'raise-final-fee', raiseFinalFee),
];
