import type { communityActions } from './community-policy.ts';

export type CommunityStatus = keyof typeof communityActions;
export type CommunityAction = (typeof communityActions)['ACTIVE'][number];

/** A housing estate, office park or mall under one management. */
export type Community = {
  id: string;
  tenantId: string;
  /** Its own id: a community belongs to itself, so that access to it is judged like that to all it holds. */
  communityId: string;
  /** The code, unique in the company. */
  number: string;
  version: number;
  createdAt: Date;
  name: string;
  address: string | null;
  timeZone: string;
  locale: string;
  currency: string;
  builtAreaM2: string | null;
  status: CommunityStatus;
};
