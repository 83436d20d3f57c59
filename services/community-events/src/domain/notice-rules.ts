import { DomainError, refuseAll, type Violation } from '@steward/core';

import { publicAreas, type NoticeValues } from './notice-policy.ts';
import type { Announcement, AnnouncementStatus } from './notice.ts';

const announcementSteps = {
  updateAnnouncement: ['DRAFT'],
  publishAnnouncement: ['DRAFT'],
  printAnnouncement: ['DRAFT', 'PUBLISHED'],
  recordAnnouncementDistribution: ['PUBLISHED'],
  archiveAnnouncement: ['PUBLISHED'],
  withdrawAnnouncement: ['DRAFT', 'PUBLISHED'],
} as const satisfies Record<string, readonly AnnouncementStatus[]>;

export type AnnouncementAction = keyof typeof announcementSteps;
export const announcementActions = Object.keys(announcementSteps) as AnnouncementAction[];

const rule = 'A227';

/** Refuses what the announcement's status does not allow, and an archive without paper or its distribution (A227). */
export function requireAnnouncement(announcement: Announcement, action: AnnouncementAction): void {
  const { status, printedCopies, distributedCopies } = announcement;
  const from: readonly AnnouncementStatus[] = announcementSteps[action];
  if (!from.includes(status))
    throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { rule, params: { action, status } });
  if (action === 'recordAnnouncementDistribution' && printedCopies === 0) {
    throw new DomainError('CONFLICT', 'NOT_PRINTED', { rule });
  }
  if (action === 'archiveAnnouncement' && (printedCopies === 0 || distributedCopies === 0)) {
    throw new DomainError('CONFLICT', 'NOT_DISTRIBUTED', { rule });
  }
}

type Words = { title?: string | null; body?: string | null };

export const wordViolations = ({ title, body }: Words): Violation[] => [
  ...(title?.trim() === '' ? [{ path: 'input.title', reason: 'TEXT_REQUIRED', rule }] : []),
  ...(body?.trim() === '' ? [{ path: 'input.body', reason: 'TEXT_REQUIRED', rule }] : []),
];

type NewPoster = { title: string; expiresOn: string };

/** A board is changed as a whole: what was there comes down, what goes up holds from today on (A104, A307). */
export function posterViolations(posters: readonly NewPoster[], today: string): Violation[] {
  if (posters.length === 0) return [{ path: 'input.posters', reason: 'POSTER_REQUIRED', rule: 'A104' }];
  return posters.flatMap(({ title, expiresOn }, index) => [
    ...(title.trim() === '' ? [{ path: `input.posters.${index}.title`, reason: 'TEXT_REQUIRED', rule: 'A104' }] : []),
    ...(expiresOn < today ? [{ path: `input.posters.${index}.expiresOn`, reason: 'IN_THE_PAST', rule: 'A307' }] : []),
  ]);
}

type Result = { areaCode: string; isPassed: boolean };

/** Every one of the five areas is looked at, each once (A307). */
export function areaViolations(results: readonly Result[]): Violation[] {
  const path = 'input.results';
  const known: readonly string[] = publicAreas.map(({ code }) => code);
  const said = results.map(({ areaCode }) => areaCode);
  return [
    ...known
      .filter((code) => !said.includes(code))
      .map((code) => ({ path, reason: 'AREA_MISSING', rule: 'A307', params: { area: code } })),
    ...said
      .filter((code, index) => !known.includes(code) || said.indexOf(code) < index)
      .map((code) => ({ path, reason: 'AREA_UNKNOWN', rule: 'A307', params: { area: code } })),
  ];
}

export function requireOpenAreas(openAreas: readonly string[], areaCodes: readonly string[]): void {
  const path = 'input.areaCodes';
  if (areaCodes.length === 0) refuseAll([{ path, reason: 'AREA_MISSING', rule: 'A307', params: { area: '' } }]);
  refuseAll(
    areaCodes
      .filter((code) => !openAreas.includes(code))
      .map((code) => ({ path, reason: 'AREA_NOT_OPEN', rule: 'A307', params: { area: code } })),
  );
}

type Told = { role: 'supervisor' | 'clerk' | 'director'; departmentCode?: string };
const supervisor: Told = { role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE' };

const told = (figures: NoticeValues) => ({
  warnShare: figures.noticeWarnShare,
  warnTo: { role: 'clerk' } as Told,
  escalations: [
    { afterShare: 1, to: supervisor },
    { afterShare: figures.noticeDirectorShare, to: { role: 'director' } as Told },
  ],
});

/** The next change of a board (A104). */
export const boardClock = (figures: NoticeValues) => ({
  kind: 'BOARD_CHANGE',
  rule: 'A104',
  span: { amount: figures.boardChangeDays, unit: 'day' as const },
  ...told(figures),
});

/** What is out of date or damaged comes down (A307). */
export const posterClock = (figures: NoticeValues) => ({
  kind: 'POSTER_REMOVAL',
  rule: 'A307',
  span: { amount: figures.posterRemovalDays, unit: 'day' as const },
  ...told(figures),
});

/** What was not in order is mended (A307). */
export const rectificationClock = (figures: NoticeValues) => ({
  kind: 'RECTIFICATION',
  rule: 'A307',
  span: { amount: figures.rectificationHours, unit: 'hour' as const },
  ...told(figures),
});

/** Printed, distributed and filed (A227). */
export const filingClock = (figures: NoticeValues) => ({
  kind: 'FILING',
  rule: 'A227',
  span: { amount: figures.announcementFilingDays, unit: 'day' as const },
  ...told(figures),
});
