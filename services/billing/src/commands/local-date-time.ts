import { localDate, localTime } from '@steward/core';

/** `2026-03-02 09:00` in a zone. */
export const localDateTime = (at: Date, zone: string): string =>
  `${localDate(at, zone)} ${localTime(at, zone).slice(0, 5)}`;
