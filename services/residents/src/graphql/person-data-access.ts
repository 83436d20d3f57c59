import type { AccessPolicy, Grant, Role, Subject } from '@steward/auth';

import type { PersonErasure } from '../domain/person-erasure.ts';

const leaders: Role[] = ['director', 'deputyDirector'];
const desk: Role[] = [...leaders, 'administrativeSupervisor', 'operator', 'supervisor', 'clerk'];
const counter: Role[] = [...desk, 'cashier'];

const near = (roles: Role[]): Grant[] => [{ roles, relation: 'community' }];
const own: Grant = { roles: ['resident', 'committee'], relation: 'own' };

/** Who may find callers, read timelines, take personal data along in bulk, and have it erased. */
export const personDataAccess: AccessPolicy = {
  // To find by a phone or a name tells it: for those who may have contacts shown to them.
  'Query.callers': near(counter),
  'Query.personErasure': 'authenticated',
  'Query.personErasures': 'authenticated',
  'Mutation.revealPersonContacts': near([...leaders, 'administrativeSupervisor', 'operator']),
  'Mutation.requestPersonErasure': [...near(desk), own],
  'Mutation.decidePersonErasure': near(leaders),
  'Household.timeline': [...near(counter), own],
  PersonErasure: [...near(desk), own],
  Caller: 'inherit',
  CallerReference: 'inherit',
  TimelineEntry: 'inherit',
  TimelineDetail: 'inherit',
  TimelineEntryConnection: 'inherit',
  TimelineEntryEdge: 'inherit',
  PersonErasureConnection: 'inherit',
  PersonErasureEdge: 'inherit',
  RevealedPerson: 'inherit',
  RevealPersonContactsPayload: 'inherit',
  RequestPersonErasurePayload: 'inherit',
  DecidePersonErasurePayload: 'inherit',
};

export const subjectOfErasure = ({ communityId, personId }: PersonErasure): Subject => ({
  communityId,
  personIds: [personId],
});

export const personDataSubjects = { PersonErasure: subjectOfErasure };
