import type { EscortedAccess } from '../domain/escorted-access.ts';
import type { MailItem } from '../domain/mail-item.ts';

/** Mail is its household's, or nobody's but the company's. */
export const ofMail = ({ communityId, householdId }: MailItem) => ({
  communityId,
  householdIds: householdId === null ? [] : [householdId],
});

/** An access is its escort's as long as it lasts. */
export const ofEscort = ({ communityId, escortId }: EscortedAccess) => ({
  communityId,
  staffIds: escortId === null ? [] : [escortId],
});
