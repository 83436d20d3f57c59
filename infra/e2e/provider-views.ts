import type { DemoAccount } from '../demo/accounts.ts';
import { mutationOf } from './graph-client.ts';
import { accountOf, type Debtor, type Stage } from './provider-stage.ts';

type Charge = { status: string; receiptNumber: string | null; outstanding: { amount: number } };

/** What was and is owed, as whoever owes sees it. */
export async function chargesOf(stage: Stage, { owner }: Debtor): Promise<Charge[]> {
  const document = '{ charges(first: 10) { nodes { status receiptNumber outstanding { amount } } } }';
  return (await stage.graph.graphql<{ charges: { nodes: Charge[] } }>(owner, document)).charges.nodes;
}

export const open = (amount: number): Charge => ({ status: 'OPEN', receiptNumber: null, outstanding: { amount } });
export const settledBy = (receiptNumber: string | undefined) => ({
  status: 'SETTLED',
  receiptNumber,
  outstanding: { amount: 0 },
});

type Paid = { amount: number; receipt: string };

/** The payments that stand in the books of whoever owes. */
export async function paymentsOf(stage: Stage, debtor: Debtor): Promise<Paid[]> {
  const document = `query ($filter: PaymentFilter) { payments(filter: $filter) { nodes { amount { amount } receipt { number } } } }`;
  type Answer = { payments: { nodes: { amount: { amount: number }; receipt: { number: string } }[] } };
  const filter = { billingAccountId: await accountOf(stage.graph, debtor) };
  const { payments } = await stage.graph.graphql<Answer>(stage.cashier, document, { filter });
  return payments.nodes.map(({ amount, receipt }) => ({ amount: amount.amount, receipt: receipt.number }));
}

/** What accounts of a type hold in the ledger of the community. */
export async function ledger(stage: Stage, accountType: string): Promise<number> {
  const document = 'query ($id: ID!) { ledgerBalances(communityId: $id) { accountType balance { amount } } }';
  type Answer = { ledgerBalances: { accountType: string; balance: { amount: number } }[] };
  const { ledgerBalances } = await stage.graph.graphql<Answer>(stage.director, document, { id: stage.communityId });
  const ofType = ledgerBalances.filter((one) => one.accountType === accountType);
  return ofType.reduce((sum, { balance }) => sum + balance.amount, 0);
}

export async function refusal(stage: Stage, who: DemoAccount, name: string, input: object): Promise<string> {
  const { errors = [] } = await stage.graph.send(who, mutationOf(name, '__typename'), { input });
  return errors[0]?.extensions.reason ?? 'NONE';
}

/** Which texts somebody was told about an aggregate, or about the community as a whole. */
export async function toldTo(stage: Stage, who: DemoAccount, aggregateId: string | null): Promise<string[]> {
  const document = '{ billingNotifications(first: 100) { nodes { template aggregateId } } }';
  type Answer = { billingNotifications: { nodes: { template: string; aggregateId: string | null }[] } };
  const { nodes } = (await stage.graph.graphql<Answer>(who, document)).billingNotifications;
  return nodes.filter((one) => one.aggregateId === aggregateId).map(({ template }) => template);
}

type Case = { id: string; status: string; deadlines: { kind: string; state: string }[] };

export async function dunningOf(stage: Stage, debtor: Debtor): Promise<Case | undefined> {
  const document = `query ($filter: DunningCaseFilter) { dunningCases(filter: $filter) { nodes {
    id status deadlines { kind state } } } }`;
  const filter = { billingAccountId: await accountOf(stage.graph, debtor) };
  type Answer = { dunningCases: { nodes: Case[] } };
  return (await stage.graph.graphql<Answer>(stage.clerk, document, { filter })).dunningCases.nodes[0];
}

export async function timelineOf(stage: Stage, { owner, householdId }: Debtor): Promise<string[]> {
  const document = `query ($id: ID!) { household(id: $id) { timeline(first: 100) { nodes { what { code } } } } }`;
  type Answer = { household: { timeline: { nodes: { what: { code: string } }[] } } };
  const { household } = await stage.graph.graphql<Answer>(owner, document, { id: householdId });
  return household.timeline.nodes.map(({ what }) => what.code);
}

/** How far a refund is, as whoever gets it sees it. */
export async function refundOf({ graph }: Stage, { owner }: Debtor, id: string): Promise<string> {
  const document = 'query ($id: ID!) { refund(id: $id) { status } }';
  return (await graph.graphql<{ refund: { status: string } }>(owner, document, { id })).refund.status;
}

type Difference = { reason: string; number: string; ours: { amount: number }; theirs: { amount: number } };
type Bill = { on: string; lineCount: number; fee: { amount: number }; differences: Difference[] };

/** The provider's days beside ours, newest first. */
export async function billsOf({ graph, cashier, communityId }: Stage): Promise<Bill[]> {
  const document = `query ($id: ID!) { providerBills(communityId: $id) { on lineCount fee { amount }
    differences { reason number ours { amount } theirs { amount } } } }`;
  return (await graph.graphql<{ providerBills: Bill[] }>(cashier, document, { id: communityId })).providerBills;
}
