import type { AccessPolicy, Grant, Role, SubjectOf } from '@steward/auth';

const desk: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator', 'supervisor', 'clerk'];
const staff: Role[] = [...desk, 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'];
const byDesk: Grant[] = [{ roles: desk, relation: 'community' }];
const byStaff: Grant[] = [{ roles: staff, relation: 'community' }];

/** Names and phones are shown masked (B017); who needs one in clear says why. */
export const contactListAccess: AccessPolicy = {
  'Query.contactList': byStaff,
  'Mutation.addContactEntry': byDesk,
  'Mutation.changeContactEntry': byDesk,
  'Mutation.removeContactEntry': byDesk,
  'Mutation.revealContactEntry': byStaff,
  ContactList: byStaff,
  'ContactList.history': byDesk,
  ContactEntry: 'inherit',
  ContactListReport: 'inherit',
  AddContactEntryPayload: 'inherit',
  ChangeContactEntryPayload: 'inherit',
  RemoveContactEntryPayload: 'inherit',
  RevealContactEntryPayload: 'inherit',
};

export const contactListSubjects: SubjectOf = {
  ContactList: ({ communityId }: { communityId: string }) => ({ communityId }),
};
