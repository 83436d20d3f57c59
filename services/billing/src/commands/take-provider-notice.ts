import type { Tx } from '@steward/db';
import type { ProviderNotice } from '@steward/payments';

import { finishRefund } from './send-provider-refund.ts';
import { takeProviderMoney } from './take-provider-money.ts';

/** What the provider told by itself, verified before; telling it twice changes nothing. */
export const takeProviderNotice = (tx: Tx, communityId: string, notice: ProviderNotice): Promise<void> =>
  notice.kind === 'PAYMENT'
    ? takeProviderMoney(tx, communityId, notice.order)
    : finishRefund(tx, communityId, notice.refund);
