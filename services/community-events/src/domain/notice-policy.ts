/** Boards, announcements and public areas (A104, A227, A307). */
export const noticeFigures = {
  /** A board is changed every two weeks. */
  boardChangeDays: { value: 14, unit: 'day', rule: 'A104', least: 1 },
  /** No figure in the standard: what is out of date or damaged comes down the next day. */
  posterRemovalDays: { value: 1, unit: 'day', rule: 'A307' },
  /** No figure in the standard: what is not in order is mended within a day. */
  rectificationHours: { value: 24, unit: 'hour', rule: 'A307' },
  /** No figure in the standard: a notice is distributed and filed within a week. */
  announcementFilingDays: { value: 7, unit: 'day', rule: 'A227' },
  noticeWarnShare: { value: 0.8, unit: 'share of the time', rule: 'A104' },
  noticeDirectorShare: { value: 2, unit: 'share of the time', rule: 'A104' },
} as const;

/** What hr's authority matrix calls the publishing of an announcement. */
export const publishAct = { action: 'PUBLISH_ANNOUNCEMENT', rule: 'A227' } as const;

export const noticePolicy = { name: 'notices', figures: noticeFigures };

export type NoticeValues = Record<keyof typeof noticeFigures, number>;

/** The five areas of the standard (A307): floor, toilet, facilities, smoking, posters. */
export const publicAreas = [
  { code: 'FLOOR', rule: 'A307' },
  { code: 'TOILET', rule: 'A307' },
  { code: 'FACILITIES', rule: 'A307' },
  { code: 'SMOKING', rule: 'A307' },
  { code: 'POSTERS', rule: 'A307' },
] as const;

/** Of announcements (通知), boards (公告栏) and area checks (公共区域检查). */
export const noticePrefixes = { announcement: 'TZ', board: 'GL', areaCheck: 'GQ' } as const;
