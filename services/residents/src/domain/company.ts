/** A property company: the tenant itself, its id is the tenant's. */
export type Company = {
  id: string;
  tenantId: string;
  communityId: null;
  /** Registration number; empty if none was entered. */
  number: string;
  version: number;
  createdAt: Date;
  name: string;
};
