import { subscribe, workOrderCodeSet, type Handler } from '@steward/events';
import { communityHandlers } from '@steward/service-kit';

import { keepTrade } from '../commands/keep-trade.ts';

/** What hr consumes. */
export const handlers: Handler[] = [...communityHandlers(), subscribe(workOrderCodeSet, 'keep-trade', keepTrade)];
