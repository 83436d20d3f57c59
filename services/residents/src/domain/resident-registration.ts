export type RegistrationKind = 'DOG' | 'TEMPORARY_RESIDENCE' | 'ENCRYPTED_TV' | 'PHONE_INSTALLATION' | 'PAPERS';
export type ResidentRegistrationStatus = 'OPEN' | 'SUBMITTED' | 'GRANTED' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED';

/** Something that the front desk registers or obtains for a household (A224). */
export type ResidentRegistration = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: RegistrationKind;
  status: ResidentRegistrationStatus;
  householdId: string;
  /** Whom it is for; null: the household. */
  personId: string | null;
  descriptionSealed: string | null;
  submittedAt: Date | null;
  decidedAt: Date | null;
  certificateNumberSealed: string | null;
  /** First day on which the certificate no longer holds. */
  validTo: string | null;
  remindedAt: Date | null;
  reasonCode: string | null;
};

/** A paper that was handed in for a registration; never changed. */
export type RegistrationDocument = {
  id: string;
  tenantId: string;
  registrationId: string;
  kindCode: string;
  fileId: string | null;
  receivedAt: Date;
};
