import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'community-events';
const id = z.guid();
const instant = z.iso.datetime();
const day = z.iso.date();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const count = z.int().min(0);

// ---- Announcement: to whom and how far, never its words.

const announcement = { publisher, aggregate: 'announcement', version: 1 } as const;
const announcementData = z.object({
  announcementId: id,
  number: z.string().min(1),
  scope: z.enum(['COMMUNITY', 'BUILDING', 'SECTION', 'UNIT', 'HOUSEHOLD']),
  targetIds: z.array(id).describe('places or households, by the scope'),
  isUrgent: z.boolean(),
  recipientCount: count,
});

const ofAnnouncement = (fact: string, description: string) =>
  defineEvent({ ...announcement, fact, description, data: announcementData });

export const announcementDrafted = ofAnnouncement('drafted', 'Somebody wrote an announcement.');
export const announcementUpdated = ofAnnouncement('updated', 'The draft was changed.');
export const announcementPublished = ofAnnouncement('published', 'The announcement went to its households.');
export const announcementWithdrawn = ofAnnouncement('withdrawn', 'The announcement no longer holds.');
export const announcementArchived = ofAnnouncement('archived', 'Printed, distributed and filed.');

export const announcementPrinted = defineEvent({
  ...announcement,
  fact: 'printed',
  description: 'Copies were printed.',
  data: z.object({ announcementId: id, fileId: id, copies: z.int().min(1) }),
});

export const announcementDistributed = defineEvent({
  ...announcement,
  fact: 'distributed',
  description: 'Copies were put up or handed out.',
  data: z.object({ announcementId: id, copies: z.int().min(1) }),
});

export const announcementDeadlines = deadlineEvents(publisher, 'announcement');

// ---- Bulletin board

const board = { publisher, aggregate: 'bulletin-board', version: 1 } as const;

export const bulletinBoardRegistered = defineEvent({
  ...board,
  fact: 'registered',
  description: 'A board that is changed regularly.',
  data: z.object({ boardId: id, placeId: id.nullable() }),
});

export const bulletinBoardChanged = defineEvent({
  ...board,
  fact: 'changed',
  description: 'Everything on the board was replaced.',
  data: z.object({
    boardId: id,
    posters: z.array(z.object({ posterId: id, announcementId: id.nullable(), expiresOn: day })),
  }),
});

export const bulletinBoardPosterFlagged = defineEvent({
  ...board,
  fact: 'poster-flagged',
  description: 'A poster is out of date or damaged and has to come down.',
  data: z.object({ boardId: id, posterId: id, state: z.enum(['EXPIRED', 'DAMAGED']) }),
});

export const bulletinBoardPosterRemoved = defineEvent({
  ...board,
  fact: 'poster-removed',
  description: 'A poster came down.',
  data: z.object({ boardId: id, posterId: id, flaggedCount: count }),
});

export const bulletinBoardDeadlines = deadlineEvents(publisher, 'bulletin-board');

// ---- Public area check

const check = { publisher, aggregate: 'public-area-check', version: 1 } as const;

export const publicAreaCheckChecked = defineEvent({
  ...check,
  fact: 'checked',
  description: 'The five areas of the standard were looked at.',
  data: z.object({ checkId: id, checkedOn: day, failedAreas: z.array(code) }),
});

export const publicAreaCheckRectified = defineEvent({
  ...check,
  fact: 'rectified',
  description: 'Areas that were not in order were mended.',
  data: z.object({ checkId: id, areaCodes: z.array(code), openAreas: z.array(code), rectifiedAt: instant.nullable() }),
});

export const publicAreaCheckDeadlines = deadlineEvents(publisher, 'public-area-check');
