import { decorationRefundRequested, subscribe, type Handler } from '@steward/events';

import { refundDecoration } from '../commands/refund-decoration.ts';

export const counterHandlers: Handler[] = [subscribe(decorationRefundRequested, 'refund-decoration', refundDecoration)];
