/** The four parties of the contact list 施工方、甲方、商家、物业 (B020). */
export type ContactParty = 'CONTRACTOR' | 'DEVELOPER' | 'MERCHANT' | 'PROPERTY';
export type ContactReportPeriod = 'WEEK' | 'MONTH';
export type ContactChange = 'ADDED' | 'CHANGED' | 'REMOVED';

/** The contact list of a community; its entries are decided on together. */
export type ContactList = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
};

/** Somebody to be reached; name and phone are sealed. */
export type ContactEntry = {
  id: string;
  tenantId: string;
  contactListId: string;
  party: ContactParty;
  /** What they are asked about, e.g. `门窗安装`. */
  duty: string;
  nameSealed: string;
  nameMasked: string;
  phoneSealed: string;
  phoneMasked: string;
  removedAt: Date | null;
};

/** What changed in a week or a month. */
export type ContactListReport = {
  id: string;
  tenantId: string;
  contactListId: string;
  period: ContactReportPeriod;
  startsOn: string;
  issuedAt: Date;
  addedCount: number;
  changedCount: number;
  removedCount: number;
};
