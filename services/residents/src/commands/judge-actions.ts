import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { communityActions } from '../domain/community-policy.ts';
import { requireCommunityAction } from '../domain/community-rules.ts';
import type { Community } from '../domain/community.ts';
import { householdActions } from '../domain/household-policy.ts';

export const judgeCommunityActions = (community: Community): JudgedAction[] =>
  judgeActions(communityActions.ACTIVE, (action) => requireCommunityAction(community, action));

export const companyActions = judgeActions(['updateCompany']);
export const placeActions = judgeActions(['updatePlace']);
export const personActions = judgeActions(['updatePerson', 'revealPersonContact', 'requestPersonErasure']);
export const organisationActions = judgeActions(['updateOrganisation']);
export const householdActionsOf = judgeActions(householdActions);
