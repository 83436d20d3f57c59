import type { TestService } from '@steward/test-kit';

import { act, viewerOf, type Centre } from './duty-fixture.ts';

/** Takes a position of the standard into the catalogue. */
export const adopt = (service: TestService, { director }: Centre, code: string): Promise<{ id: string }> =>
  act(service, director, 'adoptStandardPosition', 'position', { code });

/** Terms of a position of the company's own, with nothing asked. */
export const terms = (overrides: object = {}) => ({
  label: '迎宾员',
  rank: 'STAFF',
  role: 'CLERK',
  plannedCount: 2,
  ...overrides,
});

export const registerOwn = (
  service: TestService,
  { director }: Centre,
  code: string,
  overrides: object = {},
): Promise<{ id: string; version: number }> =>
  act(service, director, 'registerPosition', 'position', { code, terms: terms(overrides) }, 'id version');

/** What somebody of 30 with a college degree can show. */
export const qualification = (overrides: object = {}) => ({
  bornOn: '1996-01-01',
  education: 'COLLEGE',
  fieldCode: 'PROPERTY_MANAGEMENT',
  experienceYears: 3,
  languageCodes: ['MANDARIN', 'CANTONESE'],
  ...overrides,
});

export const qualify = (service: TestService, { director }: Centre, staffId: string, overrides: object = {}) =>
  act(service, director, 'recordStaffQualification', 'staffQualification', {
    staffId,
    verifiedOn: '2026-03-01',
    ...qualification(overrides),
  });

export const postTerms = ({ communityId }: Centre, id: string, positionCode: string, overrides: object = {}) => ({
  id,
  communityId,
  departmentCode: 'CUSTOMER_SERVICE',
  positionCode,
  role: 'CLERK',
  validFrom: '2026-03-02',
  ...overrides,
});

type Candidate = { vacancyId: string; id: string };

/** Somebody who applied and was interviewed. */
export async function anApplicant(
  service: TestService,
  centre: Centre,
  { vacancyId, interviewerId, score = 80, ...overrides }: { vacancyId: string; interviewerId: string; score?: number },
): Promise<Candidate> {
  const person = { name: '李雪', phone: '13800138000', ...qualification(overrides) };
  const applied = { vacancyId, ...person };
  const { id } = await act(service, centre.supervisor, 'registerJobApplication', 'jobApplication', applied);
  const interview = { id, interviewedOn: '2026-03-02', interviewerId, score, note: '表达清楚' };
  await act(service, centre.supervisor, 'recordApplicationInterview', 'jobApplication', interview);
  return { vacancyId, id };
}

export const vacancyOf = (service: TestService, { communityId, supervisor }: Centre, code: string, openingCount = 1) =>
  act(service, supervisor, 'openVacancy', 'vacancy', {
    communityId,
    positionCode: code,
    departmentCode: 'CUSTOMER_SERVICE',
    openingCount,
    closesOn: '2026-03-31',
  });

/** Somebody who keeps the system and enters what the company has decided. */
export const keeperOf = (centre: Centre) => viewerOf(centre, 'operator');

/** Midnight of a day in Shanghai. */
export const midnight = (day: string): { set: Date } => ({ set: new Date(`${day}T00:00:00+08:00`) });

/**
 * Goes to the beginning of a day on which positions are looked after, without living through the days between: nothing
 * else that waited happens.
 */
export async function skipTo(service: TestService, day: string): Promise<void> {
  const { set } = midnight(day);
  await service.sql("update timer set state = 'CANCELLED' where state = 'WAITING' and kind <> 'position-day'");
  await service.sql("update timer set due_at = $1 where state = 'WAITING'", [set]);
  await service.move({ set });
}
