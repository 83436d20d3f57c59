export type OrganisationKind = 'MERCHANT' | 'CONTRACTOR' | 'DEVELOPER';

/** A company that holds units, works in them or built them. Its contact is a person and therefore sealed. */
export type Organisation = {
  id: string;
  tenantId: string;
  /** Where it was entered. */
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: OrganisationKind;
  name: string;
  creditCode: string | null;
  contactNameSealed: string | null;
  contactNameMasked: string | null;
  contactPhoneSealed: string | null;
  contactPhoneMasked: string | null;
};
