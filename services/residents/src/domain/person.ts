/** A natural person. Personal data is sealed; what everyone may see is kept masked. */
export type Person = {
  id: string;
  tenantId: string;
  /** Where the person was entered. */
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  nameSealed: string;
  nameMasked: string;
  phoneSealed: string | null;
  phoneMasked: string | null;
  /** Blind indexes find an equal phone or identity number without showing one. */
  phoneIndex: string | null;
  identityNumberSealed: string | null;
  identityNumberMasked: string | null;
  identityNumberIndex: string | null;
  locale: string | null;
  /** When everything that told who the person was went; memberships and books keep the id. */
  erasedAt: Date | null;
};
