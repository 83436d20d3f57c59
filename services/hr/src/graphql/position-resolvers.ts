import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { delegateAuthority, grantAuthority, revokeAuthorityGrant } from '../commands/grant-authority.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import {
  adoptStandardPosition,
  registerPosition,
  retirePosition,
  revisePosition,
  setPositionHeadcount,
} from '../commands/register-position.ts';
import {
  approveSpendingRequest,
  rejectSpendingRequest,
  requestSpending,
  withdrawSpendingRequest,
} from '../commands/request-spending.ts';
import { showAuthorityMatrix, showStaffing, showStandardPositions } from '../commands/show-positions.ts';
import type { HrContext } from '../db/loaders.ts';
import { grantsQuery, positionsQuery, spendingQuery } from '../db/position-list-queries.ts';
import { companyList } from './company-lists.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  AuthorityGrantResolvers,
  AuthorityMatrixRowResolvers,
  MutationResolvers,
  PositionDutyResolvers,
  PositionKpiResolvers,
  PositionPartnerResolvers,
  PositionResolvers,
  PositionStaffingResolvers,
  QueryResolvers,
  SpendingRequestResolvers,
  StandardPositionResolvers,
} from './generated.ts';
import { subjectOfPosition } from './position-access-policy.ts';
import { codeOf, codesOf, positionCode, textOr } from './position-labels.ts';
import { graphRole } from './staff-role.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  | 'position'
  | 'positions'
  | 'standardPositions'
  | 'positionStaffing'
  | 'authorityGrant'
  | 'authorityGrants'
  | 'authorityMatrix'
  | 'spendingRequest'
  | 'spendingRequests'
>;

const isInScope = ({ viewer }: HrContext, communityId: string): boolean =>
  viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);

export const positionQueries: Queries = {
  position: (_parent, { id }, ctx) => ctx.loaders.position.load(id),
  positions: (_parent, args, ctx) => companyList(ctx, args, positionsQuery),
  standardPositions: (_parent, _args, ctx) => ctx.read((tx) => showStandardPositions(tx)),
  positionStaffing: (_parent, { communityId }, ctx) =>
    isInScope(ctx, communityId) ? ctx.read((tx) => showStaffing(tx, communityId)) : [],
  authorityGrant: (_parent, { id }, ctx) => ctx.loaders.authorityGrant.load(id),
  authorityGrants: (_parent, args, ctx) => companyList(ctx, args, grantsQuery),
  authorityMatrix: (_parent, { communityId }, ctx) =>
    isInScope(ctx, communityId) ? ctx.read((tx) => showAuthorityMatrix(tx, communityId)) : [],
  spendingRequest: (_parent, { id }, ctx) => ctx.loaders.spendingRequest.load(id),
  spendingRequests: (_parent, args, ctx) => dutyList(ctx, args, spendingQuery),
};

const position = answering('position', (ctx) => ctx.loaders.position);
const authorityGrant = answering('authorityGrant', (ctx) => ctx.loaders.authorityGrant);
const spendingRequest = answering('spendingRequest', (ctx) => ctx.loaders.spendingRequest);

export const positionMutations: Pick<
  MutationResolvers<HrContext>,
  | 'registerPosition'
  | 'adoptStandardPosition'
  | 'revisePosition'
  | 'retirePosition'
  | 'setPositionHeadcount'
  | 'grantAuthority'
  | 'delegateAuthority'
  | 'revokeAuthorityGrant'
  | 'requestSpending'
  | 'approveSpendingRequest'
  | 'rejectSpendingRequest'
  | 'withdrawSpendingRequest'
> = {
  registerPosition: position(registerPosition),
  adoptStandardPosition: position(adoptStandardPosition),
  revisePosition: position(revisePosition),
  retirePosition: position(retirePosition),
  setPositionHeadcount: position(setPositionHeadcount),
  grantAuthority: authorityGrant(grantAuthority),
  delegateAuthority: authorityGrant(delegateAuthority),
  revokeAuthorityGrant: authorityGrant(revokeAuthorityGrant),
  requestSpending: spendingRequest(requestSpending),
  approveSpendingRequest: spendingRequest(approveSpendingRequest),
  rejectSpendingRequest: spendingRequest(rejectSpendingRequest),
  withdrawSpendingRequest: spendingRequest(withdrawSpendingRequest),
};

const Position: PositionResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.position.load(id),
  label: ({ label, number }, _args, ctx) => label ?? textOr(ctx, 'position', number),
  reportsTo: ({ reportsToCode: code }, _args, ctx) => (code === null ? null : positionCode(ctx, code)),
  field: ({ fieldCode }) => codeOf('experienceField', fieldCode),
  languages: ({ languageCodes }) => codesOf('language', languageCodes),
  certificateKinds: ({ certificateKinds }) => codesOf('certificateKind', certificateKinds),
  availableActions: (row, _args, ctx) =>
    availableActions(ctx, {}, judgeDutyActions(row, ['revisePosition', 'retirePosition', 'setPositionHeadcount'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PositionDuty: PositionDutyResolvers<HrContext> = {
  label: ({ label, code }, _args, ctx) => label ?? textOr(ctx, 'positionDuty', code),
};

const PositionPartner: PositionPartnerResolvers<HrContext> = {
  label: ({ label, code }, _args, ctx) => label ?? textOr(ctx, 'positionPartner', code ?? ''),
};

const PositionKpi: PositionKpiResolvers<HrContext> = {
  label: ({ label, code }, _args, ctx) => label ?? textOr(ctx, 'positionKpi', code),
};

const StandardPosition: StandardPositionResolvers<HrContext> = {
  label: ({ code }, _args, ctx) => textOr(ctx, 'position', code),
};

const PositionStaffing: PositionStaffingResolvers<HrContext> = {
  position: ({ positionId }, _args, ctx) => loaded(ctx.loaders.position.load(positionId)),
  missingCount: ({ plannedCount, heldCount, openCount }) => Math.max(0, plannedCount - heldCount - openCount),
};

const limitOf = ({ limitAmount, currency }: { limitAmount: number | null; currency: string | null }) =>
  limitAmount === null || currency === null ? null : { amount: limitAmount, currency };

const AuthorityGrant: AuthorityGrantResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.authorityGrant.load(id),
  role: ({ role }) => (role === null ? null : graphRole(role)),
  delegate: ({ delegateId }, _args, ctx) => staffOf(ctx, delegateId),
  delegator: ({ delegatorId }, _args, ctx) => staffOf(ctx, delegatorId),
  community: ({ scopeId }) => (scopeId === null ? null : { id: scopeId }),
  limit: limitOf,
  availableActions: (row, _args, ctx) => availableActions(ctx, {}, judgeDutyActions(row, ['revokeAuthorityGrant'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const AuthorityMatrixRow: AuthorityMatrixRowResolvers<HrContext> = {
  role: ({ role }) => (role === null ? null : graphRole(role)),
  delegate: ({ delegateId }, _args, ctx) => staffOf(ctx, delegateId),
  limit: limitOf,
};

const SpendingRequest: SpendingRequestResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.spendingRequest.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  requester: ({ requesterId }, _args, ctx) => staffOf(ctx, requesterId),
  amount: ({ amount, currency }) => ({ amount, currency }),
  purpose: ({ purposeSealed }, _args, ctx) => ctx.open(purposeSealed),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      subjectOfPosition(row),
      judgeDutyActions(row, ['approveSpendingRequest', 'rejectSpendingRequest', 'withdrawSpendingRequest']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const positionTypes = {
  Position,
  PositionDuty,
  PositionPartner,
  PositionKpi,
  StandardPosition,
  PositionStaffing,
  AuthorityGrant,
  AuthorityMatrixRow,
  SpendingRequest,
};
