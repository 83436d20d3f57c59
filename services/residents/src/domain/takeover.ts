import type { MoveInDefect } from './move-in.ts';
import type { TakeoverStatus } from './takeover-policy.ts';

/** The takeover of a building or of common ground from its developer. */
export type Takeover = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: TakeoverStatus;
  placeId: string;
  /** An organisation of kind DEVELOPER. */
  developerId: string;
  /** Who answers for it. */
  coordinatorId: string;
  signedAt: Date | null;
  closedAt: Date | null;
};

/** Something left over for the developer; followed to its repair as at move-in. */
export type TakeoverDefect = Omit<MoveInDefect, 'moveInId' | 'round'> & { takeoverId: string };
