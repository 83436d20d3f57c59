import { availableActions, connection, historyOf, loaded } from '@steward/service-kit';

import { judgeDecorationActions, termsActions } from '../commands/judge-decoration-actions.ts';
import { judgeDecorationArchive } from '../commands/judge-decoration-archive.ts';
import { inspectionOrders, inspectionsQuery, violationOrders, violationsQuery } from '../db/decoration-list-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import type { Decoration as DecorationRow, DecorationChargeState } from '../domain/decoration.ts';
import { subjectOfTerms } from './decoration-access.ts';
import type {
  DecorationAcknowledgementResolvers,
  DecorationCompletionCheckResolvers,
  DecorationDocumentResolvers,
  DecorationResolvers,
  DecorationTermsResolvers,
} from './generated.ts';
import { opened } from './opened.ts';
import { named, namedOrNull, stub } from './procedure-resolvers.ts';

/** A sum that nobody has fixed yet is not zero. */
const money = ({ currency }: DecorationRow, amount: number, state: DecorationChargeState) =>
  amount === 0 && state === 'NONE' ? null : { amount, currency };

const Decoration: DecorationResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.decoration.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  household: ({ householdId }, _args, ctx) => loaded(ctx.loaders.household.load(householdId)),
  unit: ({ unitId }, _args, ctx) => loaded(ctx.loaders.place.load(unitId)),
  applicant: ({ applicantId }, _args, ctx) => ctx.loaders.person.load(applicantId),
  contractor: ({ contractorId }, _args, ctx) => ctx.loaders.organisation.load(contractorId),
  handler: ({ handlerId }) => stub(handlerId),
  description: ({ descriptionSealed }, _args, ctx) => ctx.open(descriptionSealed),
  isAuthorityNeeded: (decoration) => judgeDecorationArchive(decoration, []).isAuthorityNeeded,
  documents: ({ id }, _args, ctx) => ctx.loaders.decorationDocuments.load(id),
  acknowledgements: ({ id }, _args, ctx) => ctx.loaders.decorationAcknowledgements.load(id),
  planReason: ({ planReasonSealed }, _args, ctx) => opened(ctx, planReasonSealed),
  passes: async ({ id }, _args, ctx) => (await ctx.loaders.passesOfCause.load(`decoration/${id}`)) ?? [],
  deposit: (decoration) => money(decoration, decoration.depositAmount, decoration.depositState),
  wasteFee: (decoration) => money(decoration, decoration.wasteFeeAmount, decoration.wasteFeeState),
  completionChecks: ({ id }, _args, ctx) => ctx.loaders.decorationChecks.load(id),
  cancelReason: ({ cancelReasonCode }) => namedOrNull('decorationCancelReason', cancelReasonCode),
  archive: async (decoration, _args, ctx) => {
    const { scannedKinds } = await loaded(ctx.loaders.decorationPapers.load(decoration.id));
    const { requiredKindCodes, missingKindCodes, isComplete } = judgeDecorationArchive(decoration, scannedKinds);
    const paper = (code: string) => named('documentKind', code);
    return { requiredKinds: requiredKindCodes.map(paper), missingKinds: missingKindCodes.map(paper), isComplete };
  },
  violations: ({ id: decorationId }, args, ctx) =>
    connection(ctx, (tx) => violationsQuery(tx, { decorationId }, null), violationOrders.CREATED_AT_DESC, args),
  inspections: ({ id: decorationId }, args, ctx) =>
    connection(ctx, (tx) => inspectionsQuery(tx, { decorationId }, null), inspectionOrders.CREATED_AT_DESC, args),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  signatures: ({ id }, _args, ctx) => ctx.loaders.signatures.load(id),
  availableActions: async (decoration, _args, ctx) => {
    const papers = await loaded(ctx.loaders.decorationPapers.load(decoration.id));
    return availableActions(ctx, ofHousehold(decoration), judgeDecorationActions(decoration, papers));
  },
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DecorationDocument: DecorationDocumentResolvers<ResidentsContext> = {
  kind: ({ kindCode }) => named('documentKind', kindCode),
  scan: ({ fileId }, _args, ctx) => (fileId === null ? null : ctx.loaders.file.load(fileId)),
};

const DecorationAcknowledgement: DecorationAcknowledgementResolvers<ResidentsContext> = {
  terms: ({ termsId }, _args, ctx) => loaded(ctx.loaders.decorationTerms.load(termsId)),
};

const DecorationCompletionCheck: DecorationCompletionCheckResolvers<ResidentsContext> = {
  checkedBy: ({ checkedBy }) => stub(checkedBy),
  findings: ({ findingsSealed }, _args, ctx) => opened(ctx, findingsSealed),
};

const DecorationTerms: DecorationTermsResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.decorationTerms.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  availableActions: (terms, _args, ctx) => availableActions(ctx, subjectOfTerms(terms), termsActions),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const decorationTypes = {
  Decoration,
  DecorationDocument,
  DecorationAcknowledgement,
  DecorationCompletionCheck,
  DecorationTerms,
};
