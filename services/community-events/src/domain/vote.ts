/** The matters of the Civil Code, article 278. */
export type VoteMatter =
  | 'RULES_OF_PROCEDURE'
  | 'MANAGEMENT_COVENANT'
  | 'COMMITTEE_ELECTION'
  | 'MANAGER_APPOINTMENT'
  | 'MAINTENANCE_FUND_USE'
  | 'MAINTENANCE_FUND_RAISING'
  | 'REBUILDING'
  | 'COMMON_PART_CHANGE'
  | 'OTHER';

export type VoteStatus = 'DRAFT' | 'OPEN' | 'COUNTED' | 'CANCELLED';
export type BallotChoice = 'FOR' | 'AGAINST' | 'ABSTAIN';

/** People and square metres (exact decimals with two places) of a tally. */
export type VoteShare = { owners: number; areaM2: string };

export type VoteTally = {
  electors: VoteShare;
  cast: VoteShare;
  for: VoteShare;
  against: VoteShare;
  abstain: VoteShare;
  isQuorate: boolean;
  isPassed: boolean;
};

/** Vote of the owners 业主表决. */
export type OwnerVote = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: VoteStatus;
  matter: VoteMatter;
  title: string;
  proposal: string;
  isSecret: boolean;
  opensAt: Date | null;
  closesAt: Date | null;
  electorCount: number;
  /** Exact decimal. */
  electorAreaM2: string;
  tally: VoteTally | null;
  /** Over the ballots in their order, in hex: a re-count finds whether one was altered, added or removed. */
  ballotsSha256: string | null;
  countedAt: Date | null;
  cancelledAt: Date | null;
};
