import type {
  ComplaintEffect,
  ComplaintGrade,
  ComplaintNature,
  NewComplaint,
  SealedRecord,
  Source,
} from './complaint.ts';
import type { CommunityReference, PlaceReference } from './references.ts';

/** What is settled about a complaint when it is taken in. */
export type Reported = {
  nature: ComplaintNature;
  grade: ComplaintGrade;
  effects: readonly ComplaintEffect[];
  channelCode: string;
  categoryCode: string;
  departmentCode: string;
  departmentCodes: readonly string[];
  place: PlaceReference | null;
  householdId: string | null;
  complainantId: string | null;
  respondentId: string | null;
  receivedAt: Date;
  occurredAt: Date;
  wantedUntil: Date | null;
  isHarmOngoing: boolean;
  isAgitated: boolean;
  record: SealedRecord;
  source: Source;
};

type Entry = { id: string; number: string; community: CommunityReference };

const notYet = {
  status: 'RECEIVED',
  handlerId: null,
  dueAt: null,
  harmStoppedAt: null,
  referralReasonCode: null,
  referredAt: null,
  decidedAt: null,
  contactedAt: null,
  responsibility: null,
  isValid: null,
  helpSealed: null,
  openFormCount: 0,
  openRepairCount: 0,
  openRemedyCount: 0,
  remedyAmount: 0,
  answeredAt: null,
  resultSealed: null,
  resolvedAt: null,
  toldAt: null,
  returnVisitOutcome: null,
  returnVisitedAt: null,
  returnVisitAttempts: 0,
  rating: null,
  reopenCount: 0,
  archivedAt: null,
  withdrawnAt: null,
  withdrawReasonCode: null,
} as const satisfies Partial<NewComplaint>;

/** A complaint as it enters the register: received, whatever its status elsewhere. */
export const newComplaint = (reported: Reported, { id, number, community }: Entry): NewComplaint => {
  const { place, record, source, effects, departmentCodes, ...rest } = reported;
  return {
    ...notYet,
    ...rest,
    ...record,
    ...source,
    id,
    number,
    communityId: community.id,
    currency: community.currency,
    effects: [...effects],
    departmentCodes: [...departmentCodes],
    doneSteps: [],
    placeId: place?.id ?? null,
    unitId: place?.kind === 'UNIT' ? place.id : null,
    buildingId: place?.buildingId ?? null,
  };
};
