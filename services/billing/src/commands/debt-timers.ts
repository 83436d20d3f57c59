/** Timers of what is owed: advances that pay it, dunning that is over, the list of what is overdue. */
export const accountAdvanceTimer = 'account-advance';
export const runAdvancesTimer = 'charge-run-advances';
export const debtListTimer = 'debt-list';
export const dunningEndTimer = 'dunning-end';
