import type { ListSubject } from '@steward/service-kit';

import { holdsToday } from './visible-queries.ts';

/** A membership of today of the party, under a condition on its household `h`. */
const isMemberToday = (party: string, member: string, now: string, condition: string): string => `exists (
  select 1 from household_membership m
    join household h on h.id = m.household_id
    join community c on c.id = h.community_id
   where m.${member} = ${party}.id and ${condition} and ${holdsToday('m', now)})`;

/** A party belongs to every community that knows it: where it was entered and where it is a member of a household today. */
const isKnown = (party: string, member: string, now: string, among: (column: string) => string): string =>
  `(${among(`${party}.community_id`)} or ${isMemberToday(party, member, now, among('h.community_id'))})`;

/** What `community` means for residents is whom they share a household with. */
export const personListSubject: ListSubject = {
  communities: ({ row, now, ownHouseholds, viewer }, among) =>
    viewer.actor === 'person'
      ? isMemberToday(row, 'person_id', now, `h.id = any(${ownHouseholds}) and ${among('h.community_id')}`)
      : isKnown(row, 'person_id', now, among),
  person: ({ row }, id) => `${row}.id = ${id}`,
};

export const organisationListSubject: ListSubject = {
  communities: ({ row, now }, among) => isKnown(row, 'organisation_id', now, among),
  households: ({ row, now }, ids) => isMemberToday(row, 'organisation_id', now, `h.id = any(${ids})`),
};
