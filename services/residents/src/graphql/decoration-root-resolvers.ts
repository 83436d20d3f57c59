import { communityScope, connection } from '@steward/service-kit';

import { acknowledgeDecorationTerms } from '../commands/acknowledge-decoration-terms.ts';
import { cancelDecoration } from '../commands/cancel-decoration.ts';
import { checkDecorationViolation } from '../commands/check-decoration-violation.ts';
import { closeDecoration } from '../commands/close-decoration.ts';
import { counterSignDecorationPlan } from '../commands/counter-sign-decoration-plan.ts';
import { extendDecorationPermit } from '../commands/extend-decoration-permit.ts';
import { fileDecorationDocument } from '../commands/file-decoration-document.ts';
import { issueDecorationPermit } from '../commands/issue-decoration-permit.ts';
import { issueDecorationWorkerPasses } from '../commands/issue-decoration-worker-passes.ts';
import { publishDecorationTerms } from '../commands/publish-decoration-terms.ts';
import { recordDecorationAuthorityApproval } from '../commands/record-decoration-authority-approval.ts';
import { recordDecorationCompletionCheck } from '../commands/record-decoration-completion-check.ts';
import { recordDecorationInspection } from '../commands/record-decoration-inspection.ts';
import { registerDecorationViolation } from '../commands/register-decoration-violation.ts';
import { registerDecoration } from '../commands/register-decoration.ts';
import { reportDecorationViolationRemedied } from '../commands/report-decoration-violation-remedied.ts';
import { requestDecorationCompletionCheck } from '../commands/request-decoration-completion-check.ts';
import { reviewDecorationPlan } from '../commands/review-decoration-plan.ts';
import { signDecorationAgreement } from '../commands/sign-decoration-agreement.ts';
import { startDecorationInspection } from '../commands/start-decoration-inspection.ts';
import { submitDecorationPlan } from '../commands/submit-decoration-plan.ts';
import { takeDecoration } from '../commands/take-decoration.ts';
import {
  decorationOrders,
  decorationsQuery,
  inspectionOrders,
  inspectionsQuery,
  termsOrders,
  termsQuery,
  violationOrders,
  violationsQuery,
} from '../db/decoration-list-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type { MutationResolvers, QueryResolvers } from './generated.ts';
import { answering } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

export const decorationQueries = {
  decoration: (_parent, { id }, ctx) => ifVisible(ctx, 'Decoration', ctx.loaders.decoration.load(id)),
  decorationInspection: (_parent, { id }, ctx) =>
    ifVisible(ctx, 'DecorationInspection', ctx.loaders.decorationInspection.load(id)),
  decorationViolation: (_parent, { id }, ctx) =>
    ifVisible(ctx, 'DecorationViolation', ctx.loaders.decorationViolation.load(id)),
  decorations: (_parent, args, ctx) => {
    const among = communityScope(ctx.viewer, args.filter?.communityId);
    const { filter, orderBy, ...page } = args;
    return connection(ctx, (tx) => decorationsQuery(tx, filter ?? {}, among), decorationOrders[orderBy], page);
  },
  decorationInspections: (_parent, args, ctx) => {
    const among = communityScope(ctx.viewer, args.filter?.communityId);
    const { filter, orderBy, ...page } = args;
    return connection(ctx, (tx) => inspectionsQuery(tx, filter ?? {}, among), inspectionOrders[orderBy], page);
  },
  decorationViolations: (_parent, args, ctx) => {
    const among = communityScope(ctx.viewer, args.filter?.communityId);
    const { filter, orderBy, ...page } = args;
    return connection(ctx, (tx) => violationsQuery(tx, filter ?? {}, among), violationOrders[orderBy], page);
  },
  decorationTerms: (_parent, args, ctx) => {
    const among = communityScope(ctx.viewer, args.filter?.communityId);
    const { filter, orderBy, ...page } = args;
    return connection(ctx, (tx) => termsQuery(tx, filter ?? {}, among), termsOrders[orderBy], page);
  },
} satisfies Partial<QueryResolvers<ResidentsContext>>;

const changing = answering('decoration', (ctx) => ctx.loaders.decoration);
const inspecting = answering('decorationInspection', (ctx) => ctx.loaders.decorationInspection);
const judging = answering('decorationViolation', (ctx) => ctx.loaders.decorationViolation);

export const decorationMutations = {
  publishDecorationTerms: answering('decorationTerms', (ctx) => ctx.loaders.decorationTerms)(publishDecorationTerms),
  registerDecoration: changing(registerDecoration),
  takeDecoration: changing(takeDecoration),
  fileDecorationDocument: changing(fileDecorationDocument),
  acknowledgeDecorationTerms: changing(acknowledgeDecorationTerms),
  signDecorationAgreement: changing(signDecorationAgreement),
  submitDecorationPlan: changing(submitDecorationPlan),
  reviewDecorationPlan: changing(reviewDecorationPlan),
  counterSignDecorationPlan: changing(counterSignDecorationPlan),
  recordDecorationAuthorityApproval: changing(recordDecorationAuthorityApproval),
  issueDecorationPermit: changing(issueDecorationPermit),
  issueDecorationWorkerPasses: changing(issueDecorationWorkerPasses),
  extendDecorationPermit: changing(extendDecorationPermit),
  requestDecorationCompletionCheck: changing(requestDecorationCompletionCheck),
  recordDecorationCompletionCheck: changing(recordDecorationCompletionCheck),
  closeDecoration: changing(closeDecoration),
  cancelDecoration: changing(cancelDecoration),
  startDecorationInspection: inspecting(startDecorationInspection),
  recordDecorationInspection: inspecting(recordDecorationInspection),
  registerDecorationViolation: judging(registerDecorationViolation),
  reportDecorationViolationRemedied: judging(reportDecorationViolationRemedied),
  checkDecorationViolation: judging(checkDecorationViolation),
} satisfies Partial<MutationResolvers<ResidentsContext>>;
