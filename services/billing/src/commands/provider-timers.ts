/** Timers of payments by telephone; their work leaves the database. */
export const providerOrderTimer = 'provider-order';
export const providerExpiryTimer = 'provider-expiry';
export const providerRefundTimer = 'provider-refund';
export const providerBillTimer = 'provider-bill';
