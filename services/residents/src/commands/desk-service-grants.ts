import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { broadcastScriptTransitions } from '../domain/broadcast-script-policy.ts';
import { broadcastScriptRules } from '../domain/broadcast-script-rules.ts';
import type { BroadcastScript } from '../domain/broadcast-script.ts';
import { counterSignRouteTransitions } from '../domain/counter-sign-route-policy.ts';
import { counterSignRouteRules } from '../domain/counter-sign-route-rules.ts';
import type { CounterSignRoute } from '../domain/counter-sign-route.ts';
import { invoiceApplicationTransitions } from '../domain/invoice-application-policy.ts';
import { invoiceApplicationRules } from '../domain/invoice-application-rules.ts';
import type { InvoiceApplication } from '../domain/invoice-application.ts';
import { keyAccountVisitTransitions } from '../domain/key-account-visit-policy.ts';
import { keyAccountVisitRules } from '../domain/key-account-visit-rules.ts';
import type { KeyAccountVisit } from '../domain/key-account-visit.ts';
import { membershipCardTransitions } from '../domain/membership-card-policy.ts';
import { membershipCardRules } from '../domain/membership-card-rules.ts';
import type { MembershipCard } from '../domain/membership-card.ts';
import { rentalMandateTransitions } from '../domain/rental-mandate-policy.ts';
import { rentalMandateRules } from '../domain/rental-mandate-rules.ts';
import type { RentalMandate } from '../domain/rental-mandate.ts';
import { procedureGrants } from './procedure-grants.ts';

/** Who may do what in the services of the desk, from their tables of transitions. */
export const deskServiceGrants = {
  ...procedureGrants(keyAccountVisitTransitions),
  ...procedureGrants(rentalMandateTransitions),
  ...procedureGrants(membershipCardTransitions),
  ...procedureGrants(invoiceApplicationTransitions),
  ...procedureGrants(broadcastScriptTransitions),
  ...procedureGrants(counterSignRouteTransitions),
};

type Rules<Row> = {
  actions: readonly string[];
  refusal(row: Row, action: never): { reason: string; rule: string } | null;
};

const judge = <Row>({ actions, refusal }: Rules<Row>, row: Row): JudgedAction[] =>
  judgeActions(actions, (action) => refusal(row, action as never));

/** Every action but the one that makes the thing. */
const later = <Row>({ actions, refusal }: Rules<Row>): Rules<Row> => ({ actions: actions.slice(1), refusal });

export const judgeKeyAccountVisitActions = (row: KeyAccountVisit): JudgedAction[] => judge(keyAccountVisitRules, row);
export const judgeRentalMandateActions = (row: RentalMandate): JudgedAction[] => judge(later(rentalMandateRules), row);
export const judgeMembershipCardActions = (row: MembershipCard): JudgedAction[] =>
  judge(later(membershipCardRules), row);
export const judgeInvoiceApplicationActions = (row: InvoiceApplication): JudgedAction[] =>
  judge(later(invoiceApplicationRules), row);
export const judgeBroadcastScriptActions = (row: BroadcastScript): JudgedAction[] =>
  judge(later(broadcastScriptRules), row);
export const judgeCounterSignRouteActions = (row: CounterSignRoute): JudgedAction[] =>
  judge(later(counterSignRouteRules), row);
