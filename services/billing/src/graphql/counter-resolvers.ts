import { counterMutations } from './counter-mutation-resolvers.ts';
import { counterQueries } from './counter-query-resolvers.ts';
import { cashTypes } from './cash-resolvers.ts';
import { dunningTypes } from './dunning-resolvers.ts';
import { payloadTypes } from './counter-payload-resolvers.ts';
import { paymentTypes } from './payment-resolvers.ts';
import { refundTypes } from './refund-resolvers.ts';

export { counterMutations, counterQueries };

export const counterTypes = { ...paymentTypes, ...cashTypes, ...refundTypes, ...dunningTypes, ...payloadTypes };
