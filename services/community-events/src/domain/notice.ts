export type AnnouncementScope = 'COMMUNITY' | 'BUILDING' | 'SECTION' | 'UNIT' | 'HOUSEHOLD';
export type AnnouncementStatus = 'DRAFT' | 'PUBLISHED' | 'ARCHIVED' | 'WITHDRAWN';

/** Notice 通知 to the households of a scope: printed, distributed and archived (A227). */
export type Announcement = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: AnnouncementStatus;
  scope: AnnouncementScope;
  /** Places or households, by the scope; none for the whole community. */
  targetIds: string[];
  title: string;
  body: string;
  isUrgent: boolean;
  publishedAt: Date | null;
  recipientCount: number;
  printFileId: string | null;
  printedCopies: number;
  distributedCopies: number;
  archivedAt: Date | null;
  withdrawnAt: Date | null;
};

/** Bulletin board 公告栏, changed every two weeks (A104). */
export type BulletinBoard = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  name: string;
  placeId: string | null;
  changedAt: Date | null;
  /** Posters that are out of date or damaged and still hang there (A307). */
  flaggedCount: number;
};

export type PosterState = 'HANGING' | 'EXPIRED' | 'DAMAGED' | 'REMOVED';

export type Poster = {
  id: string;
  tenantId: string;
  boardId: string;
  title: string;
  announcementId: string | null;
  hungAt: Date;
  /** The last day on which it holds. */
  expiresOn: string;
  state: PosterState;
  removedAt: Date | null;
};

/** The five areas of the public area standard (A307), looked at together. */
export type PublicAreaCheck = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  checkedOn: string;
  /** Areas that were not in order and are not mended yet. */
  openAreas: string[];
  failedAreas: string[];
  rectifiedAt: Date | null;
};
