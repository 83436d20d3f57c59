/** A natural person. Personal data is sealed; what everyone may see is kept masked. */
export type Person = {
  id: string;
  tenantId: string;
  /** Where the person was entered; memberships say where the person lives. */
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  nameSealed: string;
  nameMasked: string;
  phoneSealed: string | null;
  phoneMasked: string | null;
  /** Blind index: finds an equal phone without showing one. */
  phoneIndex: string | null;
  identitySealed: string | null;
  identityMasked: string | null;
  identityIndex: string | null;
  locale: string | null;
};

export type OrganisationKind = 'MERCHANT' | 'CONTRACTOR' | 'DEVELOPER';

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
