import { availableActions, connection, historyOf, loaded } from '@steward/service-kit';

import { changeRentalMandateTerms } from '../commands/change-rental-mandate-terms.ts';
import { closeRentalMandate } from '../commands/close-rental-mandate.ts';
import { judgeKeyAccountVisitActions, judgeRentalMandateActions } from '../commands/desk-service-grants.ts';
import { openRentalMandate } from '../commands/open-rental-mandate.ts';
import { planRentalMandateViewing } from '../commands/plan-rental-mandate-viewing.ts';
import { recordKeyAccountVisit } from '../commands/record-key-account-visit.ts';
import { signRentalMandate } from '../commands/sign-rental-mandate.ts';
import { withdrawRentalMandate } from '../commands/withdraw-rental-mandate.ts';
import { keyAccountVisitOrders, keyAccountVisitQuery } from '../db/key-account-visit-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import { rentalMandateOrders, rentalMandateQuery } from '../db/rental-mandate-queries.ts';
import { ofMandate } from '../db/rental-mandate-subject-queries.ts';
import type {
  KeyAccountVisitResolvers,
  MutationResolvers,
  QueryResolvers,
  RentalMandateResolvers,
} from './generated.ts';
import { opened } from './opened.ts';
import { answering, namedOrNull, stub } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

const KeyAccountVisit: KeyAccountVisitResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.keyAccountVisit.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  household: ({ householdId }, _args, ctx) => loaded(ctx.loaders.household.load(householdId)),
  opinion: ({ opinionSealed }, _args, ctx) => opened(ctx, opinionSealed),
  visitedBy: ({ visitedById }) => stub(visitedById),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) => availableActions(ctx, ofHousehold(row), judgeKeyAccountVisitActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const moneyOrNull = (amount: number | null, currency: string) => (amount === null ? null : { amount, currency });

const RentalMandate: RentalMandateResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.rentalMandate.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  unit: ({ unitId }, _args, ctx) => loaded(ctx.loaders.place.load(unitId)),
  household: ({ householdId: id }, _args, ctx) => (id === null ? null : ctx.loaders.household.load(id)),
  developer: ({ developerId: id }, _args, ctx) => (id === null ? null : ctx.loaders.organisation.load(id)),
  asking: ({ askingAmount: amount, currency }) => ({ amount, currency }),
  mandateFile: ({ mandateFileId: id }, _args, ctx) => (id === null ? null : ctx.loaders.file.load(id)),
  viewings: async ({ id }, _args, ctx) => {
    const found = (await ctx.loaders.viewingsOfMandate.load(id)) ?? [];
    return Promise.all(found.map(({ accessId }) => loaded(ctx.loaders.escortedAccess.load(accessId))));
  },
  agreed: ({ agreedAmount, currency }) => moneyOrNull(agreedAmount, currency),
  contractFile: ({ contractFileId: id }, _args, ctx) => (id === null ? null : ctx.loaders.file.load(id)),
  commission: ({ commissionAmount, currency }) => moneyOrNull(commissionAmount, currency),
  reason: ({ reasonCode }) => namedOrNull('mandateReason', reasonCode),
  signatures: ({ id }, _args, ctx) => ctx.loaders.signatures.load(id),
  availableActions: (row, _args, ctx) => availableActions(ctx, ofMandate(row), judgeRentalMandateActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const mandateTypes = { KeyAccountVisit, RentalMandate };

type Queries = Pick<
  QueryResolvers<ResidentsContext>,
  'keyAccountVisit' | 'keyAccountVisits' | 'rentalMandate' | 'rentalMandates'
>;

export const mandateQueries: Queries = {
  keyAccountVisit: (_parent, { id }, ctx) => ifVisible(ctx, 'KeyAccountVisit', ctx.loaders.keyAccountVisit.load(id)),
  keyAccountVisits: (_parent, args, ctx) =>
    connection(ctx, (tx) => keyAccountVisitQuery(tx, args.filter ?? {}), keyAccountVisitOrders[args.orderBy], args),
  rentalMandate: (_parent, { id }, ctx) => ifVisible(ctx, 'RentalMandate', ctx.loaders.rentalMandate.load(id)),
  rentalMandates: (_parent, args, ctx) =>
    connection(ctx, (tx) => rentalMandateQuery(tx, args.filter ?? {}), rentalMandateOrders[args.orderBy], args),
};

const visit = answering('keyAccountVisit', ({ loaders }) => loaders.keyAccountVisit);
const mandate = answering('rentalMandate', ({ loaders }) => loaders.rentalMandate);

export const mandateMutations = {
  recordKeyAccountVisit: visit(recordKeyAccountVisit),
  openRentalMandate: mandate(openRentalMandate),
  changeRentalMandateTerms: mandate(changeRentalMandateTerms),
  signRentalMandate: mandate(signRentalMandate),
  planRentalMandateViewing: mandate(planRentalMandateViewing),
  closeRentalMandate: mandate(closeRentalMandate),
  withdrawRentalMandate: mandate(withdrawRentalMandate),
} satisfies Partial<MutationResolvers<ResidentsContext>>;
