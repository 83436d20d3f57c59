/** A department of the company, the same in all its communities. */
export type Department = {
  id: string;
  tenantId: string;
  /** Departments belong to no community. */
  communityId: null;
  number: string;
  version: number;
  createdAt: Date;
  name: string;
};

/** A team of one department in one community. */
export type Team = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  departmentId: string;
  name: string;
};

/** A trade that a community added to the built-in ones, as the events of work-orders tell it. */
export type TradeReference = { id: string; tenantId: string; communityId: string; code: string; isRetired: boolean };

/** A community as the events of residents tell it. */
export type CommunityReference = { id: string; status: 'ACTIVE' | 'LEFT' };
