import { describe, expect, it } from '@jest/globals';

import { chargingGrants } from './charging-grants.ts';
import { ledgerGrants } from './ledger-grants.ts';
import { reversalRefusal } from '../domain/charge-rules.ts';
import {
  apportionmentTransitions,
  chargeRequestTransitions,
  chargeRunTransitions,
  openingTransitions,
  tariffTransitions,
  waiverTransitions,
} from '../domain/charges-transition-policy.ts';
import { ledgerTransitions } from '../domain/ledger-transition-policy.ts';
import { reviewRefusal } from '../domain/report-rules.ts';

type Row = [rule: string, action: string, roles: string, from: string, to: string];
type Table = Record<string, { from: readonly string[]; to: readonly string[]; rule: string }>;

const words = (text: string): string[] => text.split(' ').filter(Boolean);

/** Rule, action, who does it, from which states, and where it leads. */
const books: Row[] = [
  ['A013', 'reverseCharge', 'supervisor director', 'OPEN SETTLED', 'REVERSED'],
  ['A232', 'reconcileBooks', 'cashier clerk supervisor', '', 'RECONCILED'],
  ['A232', 'closeLedgerPeriod', 'administrativeSupervisor director', '', 'CLOSED'],
  ['A003', 'publishAccounts', 'director', '', 'PUBLISHED'],
  ['A235', 'reviewCollectionReport', 'supervisor director', 'ISSUED', 'REVIEWED'],
  ['A015', 'draftAnnualBudget', 'clerk supervisor', 'DRAFT', 'DRAFT'],
  ['A015', 'approveAnnualBudget', 'director', 'DRAFT', 'APPROVED'],
];

const charging: Row[] = [
  ['A249', 'approveTariff', 'director', 'DRAFT', 'APPROVED'],
  ['A249', 'endTariff', 'director', 'APPROVED', 'same'],
  ['A249', 'withdrawTariff', 'supervisor director', 'DRAFT', 'WITHDRAWN'],
  ['A014', 'confirmApportionment', 'supervisor director', 'DRAFT', 'CONFIRMED'],
  ['A014', 'discardApportionment', 'clerk supervisor director', 'DRAFT', 'DISCARDED'],
  ['A014', 'reverseApportionment', 'director', 'CONFIRMED', 'REVERSED'],
  ['A230', 'postChargeRun', 'supervisor director', 'PREVIEWED', 'POSTING'],
  ['A230', 'discardChargeRun', 'clerk supervisor director', 'COMPUTING PREVIEWED', 'DISCARDED'],
  ['A230', 'reverseChargeRun', 'director', 'POSTED', 'REVERSING'],
  ['A249', 'amendOpeningImport', 'director', 'OPEN', 'same'],
  ['A249', 'withdrawOpeningBalances', 'supervisor director', 'OPEN', 'same'],
  ['A249', 'importOpeningBalances', 'supervisor director', 'OPEN', 'same'],
  ['A249', 'closeOpeningImport', 'director', 'OPEN', 'CLOSED'],
  ['B011', 'requestCharge', 'cashier clerk supervisor', '', 'REQUESTED'],
  ['B011', 'decideChargeRequest', 'supervisor administrativeSupervisor director', 'REQUESTED', 'APPROVED REJECTED'],
  ['B011', 'withdrawChargeRequest', 'cashier clerk supervisor', 'REQUESTED', 'WITHDRAWN'],
  ['A018', 'requestWaiver', 'cashier clerk supervisor', '', 'REQUESTED'],
  ['A018', 'decideWaiver', 'supervisor director', 'REQUESTED', 'APPROVED REJECTED'],
  ['A018', 'withdrawWaiver', 'cashier clerk supervisor', 'REQUESTED', 'WITHDRAWN'],
  ['A018', 'reverseWaiver', 'supervisor director', 'APPROVED', 'REVERSED'],
];

const chargingTransitions: Table = {
  ...tariffTransitions,
  ...apportionmentTransitions,
  ...chargeRunTransitions,
  ...openingTransitions,
  ...chargeRequestTransitions,
  ...waiverTransitions,
};

describe.each([
  { what: 'the books', rows: books, table: ledgerTransitions as Table, grants: ledgerGrants },
  { what: 'charging', rows: charging, table: chargingTransitions, grants: chargingGrants },
])('the steps of $what', ({ rows, table, grants }) => {
  it.each(rows)('[%s] %s: who, from where, to where', (rule, action, roles, from, to) => {
    expect(grants[`Mutation.${action}`]).toEqual([{ roles: words(roles), relation: 'community' }]);
    expect(table[action]).toMatchObject({ from: words(from), to: words(to), rule });
  });

  it('are all told here', () => {
    expect(rows.map(([, action]) => action)).toEqual(Object.keys(table));
  });
});

it('[A013] what is reversed is not reversed again', () => {
  const refusals = (['OPEN', 'SETTLED', 'REVERSED'] as const).map((status) => reversalRefusal({ status })?.rule);
  expect(refusals).toEqual([undefined, undefined, 'A013']);
});

it('[A235] a report is reviewed once', () => {
  expect((['ISSUED', 'REVIEWED'] as const).map((status) => reviewRefusal({ status })?.rule)).toEqual([
    undefined,
    'A235',
  ]);
});
