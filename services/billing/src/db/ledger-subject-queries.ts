import type { BillingAccount } from '../domain/billing-account.ts';
import type { Charge } from '../domain/charge.ts';
import { billingAccountAggregate, chargeAggregate } from './ledger-aggregates.ts';

/** Whose a billing account is. */
export const subjectOfAccount = (account: BillingAccount) => billingAccountAggregate.subject(account);

/** Whose a charge is. */
export const subjectOfCharge = (charge: Charge) => chargeAggregate.subject(charge);
