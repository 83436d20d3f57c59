import { availableActions, connection, historyOf, loaded } from '@steward/service-kit';

import { applyMembershipCard } from '../commands/apply-membership-card.ts';
import { judgeInvoiceApplicationActions, judgeMembershipCardActions } from '../commands/desk-service-grants.ts';
import { endMembershipCard } from '../commands/end-membership-card.ts';
import { issueAppliedInvoice } from '../commands/issue-applied-invoice.ts';
import { issueMembershipCard } from '../commands/issue-membership-card.ts';
import { refuseInvoiceApplication } from '../commands/refuse-invoice-application.ts';
import { refuseMembershipCard } from '../commands/refuse-membership-card.ts';
import { renewMembershipCard } from '../commands/renew-membership-card.ts';
import { applyForInvoice } from '../commands/apply-for-invoice.ts';
import { updateMembershipCardProfile } from '../commands/update-membership-card-profile.ts';
import { withdrawInvoiceApplication } from '../commands/withdraw-invoice-application.ts';
import { ofInvoiceApplication } from '../db/invoice-application-subject-queries.ts';
import { invoiceApplicationOrders, invoiceApplicationQuery } from '../db/invoice-application-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { ofCard } from '../db/membership-card-subject-queries.ts';
import { membershipCardOrders, membershipCardQuery } from '../db/membership-card-queries.ts';
import type {
  InvoiceApplicationResolvers,
  MembershipCardResolvers,
  MutationResolvers,
  QueryResolvers,
} from './generated.ts';
import { opened } from './opened.ts';
import { answering, named, namedOrNull } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

const MembershipCard: MembershipCardResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.membershipCard.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  person: ({ personId: id }, _args, ctx) => (id === null ? null : ctx.loaders.person.load(id)),
  organisation: ({ organisationId: id }, _args, ctx) => (id === null ? null : ctx.loaders.organisation.load(id)),
  profile: ({ profileSealed }, _args, ctx) => opened(ctx, profileSealed),
  reason: ({ reasonCode }) => namedOrNull('membershipCardReason', reasonCode),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) => availableActions(ctx, ofCard(row), judgeMembershipCardActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const InvoiceApplication: InvoiceApplicationResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.invoiceApplication.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  household: ({ householdId: id }, _args, ctx) => (id === null ? null : ctx.loaders.household.load(id)),
  organisation: ({ organisationId: id }, _args, ctx) => (id === null ? null : ctx.loaders.organisation.load(id)),
  title: ({ titleSealed }, _args, ctx) => opened(ctx, titleSealed),
  taxNumber: ({ taxNumberSealed }, _args, ctx) => opened(ctx, taxNumberSealed),
  registeredAddress: ({ registeredAddressSealed }, _args, ctx) => opened(ctx, registeredAddressSealed),
  bankAccount: ({ bankAccountSealed }, _args, ctx) => opened(ctx, bankAccountSealed),
  purpose: ({ purposeCode }) => named('invoicePurpose', purposeCode),
  total: ({ amount, currency }) => ({ amount, currency }),
  invoice: ({ invoiceFileId: id }, _args, ctx) => (id === null ? null : ctx.loaders.file.load(id)),
  reason: ({ reasonCode }) => namedOrNull('invoiceReason', reasonCode),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(ctx, ofInvoiceApplication(row), judgeInvoiceApplicationActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const deskServiceTypes = { MembershipCard, InvoiceApplication };

type Queries = Pick<
  QueryResolvers<ResidentsContext>,
  'membershipCard' | 'membershipCards' | 'invoiceApplication' | 'invoiceApplications'
>;

export const deskServiceQueries: Queries = {
  membershipCard: (_parent, { id }, ctx) => ifVisible(ctx, 'MembershipCard', ctx.loaders.membershipCard.load(id)),
  membershipCards: (_parent, args, ctx) =>
    connection(ctx, (tx) => membershipCardQuery(tx, args.filter ?? {}), membershipCardOrders[args.orderBy], args),
  invoiceApplication: (_parent, { id }, ctx) =>
    ifVisible(ctx, 'InvoiceApplication', ctx.loaders.invoiceApplication.load(id)),
  invoiceApplications: (_parent, args, ctx) =>
    connection(
      ctx,
      (tx) => invoiceApplicationQuery(tx, args.filter ?? {}),
      invoiceApplicationOrders[args.orderBy],
      args,
    ),
};

const card = answering('membershipCard', ({ loaders }) => loaders.membershipCard);
const invoice = answering('invoiceApplication', ({ loaders }) => loaders.invoiceApplication);

export const deskServiceMutations = {
  applyMembershipCard: card(applyMembershipCard),
  issueMembershipCard: card(issueMembershipCard),
  refuseMembershipCard: card(refuseMembershipCard),
  updateMembershipCardProfile: card(updateMembershipCardProfile),
  renewMembershipCard: card(renewMembershipCard),
  endMembershipCard: card(endMembershipCard),
  applyForInvoice: invoice(applyForInvoice),
  issueAppliedInvoice: invoice(issueAppliedInvoice),
  refuseInvoiceApplication: invoice(refuseInvoiceApplication),
  withdrawInvoiceApplication: invoice(withdrawInvoiceApplication),
} satisfies Partial<MutationResolvers<ResidentsContext>>;
