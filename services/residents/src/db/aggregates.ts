import { defineAggregate } from '@steward/service-kit';

import {
  communityEntity,
  companyEntity,
  householdEntity,
  organisationEntity,
  personEntity,
  placeEntity,
} from './entities.ts';
import { personErasureAggregate } from './person-erasure-entities.ts';
import { registerAggregates } from './register-entities.ts';
import { custodyAggregate } from './custody-entities.ts';
import { passAggregate } from './pass-entities.ts';
import { decorationAggregates } from './decoration-aggregates.ts';
import { fileSetAggregates } from './file-set-entities.ts';
import { takeoverAggregates } from './takeover-entities.ts';
import { moveOutAggregates } from './move-out-entities.ts';
import { contactListAggregates } from './contact-list-entities.ts';
import { deskServiceAggregates } from './desk-service-aggregates.ts';
import { moveInAggregates } from './move-in-aggregates.ts';
import { organisationListSubject, personListSubject } from './party-subject-queries.ts';

export const companyAggregate = defineAggregate({
  type: 'company',
  table: 'company',
  graphqlType: 'Company',
  entity: companyEntity,
  subject: () => ({}),
});

export const communityAggregate = defineAggregate({
  type: 'community',
  table: 'community',
  graphqlType: 'Community',
  entity: communityEntity,
  subject: ({ id }) => ({ communityId: id }),
});

export const placeAggregate = defineAggregate({
  type: 'place',
  table: 'place',
  graphqlType: 'Place',
  entity: placeEntity,
  subject: ({ communityId }) => ({ communityId }),
});

export const personAggregate = defineAggregate({
  type: 'person',
  table: 'person',
  graphqlType: 'Person',
  entity: personEntity,
  sealed: ['nameSealed', 'phoneSealed', 'phoneIndex', 'identityNumberSealed', 'identityNumberIndex'],
  subject: ({ id, communityId }) => ({ communityId, personIds: [id] }),
  listSubject: personListSubject,
});

export const organisationAggregate = defineAggregate({
  type: 'organisation',
  table: 'organisation',
  graphqlType: 'Organisation',
  entity: organisationEntity,
  sealed: ['contactNameSealed', 'contactPhoneSealed'],
  subject: ({ communityId }) => ({ communityId }),
  listSubject: organisationListSubject,
});

export const householdAggregate = defineAggregate({
  type: 'household',
  table: 'household',
  graphqlType: 'Household',
  entity: householdEntity,
  subject: ({ id, communityId }) => ({ communityId, householdIds: [id] }),
  listSubject: { households: ({ row }, ids) => `${row}.id = any(${ids})` },
});

export const aggregates = [
  companyAggregate,
  communityAggregate,
  placeAggregate,
  personAggregate,
  organisationAggregate,
  householdAggregate,
  ...decorationAggregates,
  ...moveInAggregates,
  ...contactListAggregates,
  ...moveOutAggregates,
  ...takeoverAggregates,
  ...fileSetAggregates,
  passAggregate,
  custodyAggregate,
  ...registerAggregates,
  ...deskServiceAggregates,
  personErasureAggregate,
];
