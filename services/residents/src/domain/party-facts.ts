import type { Organisation } from './organisation.ts';
import type { Person } from './person.ts';

/** What events say about persons and organisations: never a name or a number. */
export const personFact = ({ id, communityId, phoneSealed, locale }: Person) => ({
  personId: id,
  communityId,
  hasPhone: phoneSealed !== null,
  locale: locale as 'zh-CN' | 'en' | null,
});

export const organisationFact = ({ id, communityId, kind }: Organisation) => ({
  organisationId: id,
  communityId,
  kind,
});
