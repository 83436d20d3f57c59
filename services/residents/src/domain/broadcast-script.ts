export type BroadcastKind = 'OPENING' | 'CLOSING' | 'SAFETY' | 'LOST_AND_FOUND' | 'PROMOTION' | 'GENERAL';
export type BroadcastScriptStatus = 'DRAFT' | 'APPROVED' | 'SCHEDULED' | 'ENDED' | 'WITHDRAWN';

/** What is read out over the loudspeakers, and when (A309). */
export type BroadcastScript = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: BroadcastKind;
  status: BroadcastScriptStatus;
  placeId: string | null;
  title: string;
  text: string;
  /** Whoever wrote it last; somebody else approves it. */
  writtenBy: string;
  /** `HH:mm:ss`, and 1 Monday to 7 Sunday. */
  times: string[];
  weekdays: string[];
  validFrom: string | null;
  validTo: string | null;
  reasonCode: string | null;
};

/** One time at which it was or should have been read out. */
export type BroadcastRun = {
  id: string;
  tenantId: string;
  scriptId: string;
  dueAt: Date;
  status: 'DUE' | 'READ' | 'MISSED';
  readAt: Date | null;
  readById: string | null;
};
