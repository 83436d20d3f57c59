import type { RefusalValue } from '@steward/service-kit';

import { communityActions } from '../domain/community-policy.ts';
import { requireCommunityAction } from '../domain/community-rules.ts';
import type { Community } from '../domain/community.ts';
import { householdActions } from '../domain/household-policy.ts';
import { refusalOf } from '../domain/import-rules.ts';

/** A command with the refusal that the state would give, for `availableActions`. */
export type JudgedAction = { action: string; refusal: RefusalValue | null };

const always = (actions: readonly string[]): JudgedAction[] => actions.map((action) => ({ action, refusal: null }));

export const judgeCommunityActions = (community: Community): JudgedAction[] =>
  communityActions.ACTIVE.map((action) => ({
    action,
    refusal: refusalOf(() => requireCommunityAction(community, action)),
  }));

export const companyActions = always(['updateCompany']);
export const placeActions = always(['updatePlace']);
export const personActions = always(['updatePerson', 'revealPersonContact']);
export const organisationActions = always(['updateOrganisation']);
export const householdActionsOf = always(householdActions);
