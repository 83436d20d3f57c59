import { communityRegistered, communityUpdated, subscribe, workOrderCodeSet, type Handler } from '@steward/events';

import { keepCommunity } from '../commands/keep-community.ts';
import { keepTrade } from '../commands/keep-trade.ts';

/** What hr consumes. */
export const handlers: Handler[] = [
  subscribe(communityRegistered, 'keep-community', keepCommunity),
  subscribe(communityUpdated, 'keep-community', keepCommunity),
  subscribe(workOrderCodeSet, 'keep-trade', keepTrade),
];
