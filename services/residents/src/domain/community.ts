/** The tenant itself: its id is the tenant's. */
export type Company = {
  id: string;
  tenantId: string;
  communityId: null;
  number: string;
  version: number;
  createdAt: Date;
  name: string;
};

export type CommunityStatus = 'ACTIVE' | 'LEFT';

/** A community under one management; `communityId` is its own id, so that access is judged on it as everywhere. */
export type Community = {
  id: string;
  tenantId: string;
  communityId: string;
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
