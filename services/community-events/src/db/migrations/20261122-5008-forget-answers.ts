import type { Migration } from '@steward/db';

/** Answers are only ever added, but for one thing: the words of a household in which nobody is left can be emptied. */
export const migration: Migration = {
  name: '20261122-5008-forget-answers',
  up: 'grant update (text_sealed) on survey_answer to {{service}};',
  down: 'revoke update (text_sealed) on survey_answer from {{service}};',
};
