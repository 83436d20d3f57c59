export type PersonErasureStatus = 'REQUESTED' | 'ERASED' | 'REJECTED';
export type PersonErasureReason = 'PERSON_ASKED' | 'CONSENT_WITHDRAWN' | 'PURPOSE_ENDED';

/** A wish that a person's data be erased, decided by somebody else than who asked for it. */
export type PersonErasure = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  personId: string;
  status: PersonErasureStatus;
  reason: PersonErasureReason;
  /** Logins, so that nobody decides what they asked for themselves. */
  requestedBy: string;
  decidedAt: Date | null;
  decidedBy: string | null;
  noteSealed: string | null;
};

/** Something of a household of the person that is not over. */
export type OpenAffair = { type: string; number: string | null };

/** What an erasure is judged on. */
export type ErasureStanding = { householdsToday: readonly string[]; openAffairs: readonly OpenAffair[] };
