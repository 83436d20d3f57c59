/** Timer: brings what was invoiced of an account down to what was kept of its payments. */
export const invoiceCorrectionTimer = 'invoice-correction';
