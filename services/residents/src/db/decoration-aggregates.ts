import { decorationDeadlines, decorationInspectionDeadlines, decorationViolationDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { DecorationInspection } from '../domain/decoration-inspection.ts';
import type { DecorationViolation } from '../domain/decoration-violation.ts';
import type { Decoration, DecorationTerms } from '../domain/decoration.ts';
import {
  decorationEntity,
  decorationInspectionEntity,
  decorationTermsEntity,
  decorationViolationEntity,
} from './decoration-entities.ts';
import { ofHousehold, ofHouseholdInSql } from './procedure-subject-queries.ts';

const owned = { subject: ofHousehold, listSubject: ofHouseholdInSql };

export const decorationTermsAggregate = defineAggregate<DecorationTerms>({
  type: 'decoration-terms',
  table: 'decoration_terms',
  graphqlType: 'DecorationTerms',
  entity: decorationTermsEntity,
  subject: ({ communityId }) => ({ communityId }),
});

export const decorationAggregate = defineAggregate<Decoration>({
  type: 'decoration',
  table: 'decoration',
  graphqlType: 'Decoration',
  entity: decorationEntity,
  deadlines: decorationDeadlines,
  sealed: ['descriptionSealed', 'planReasonSealed', 'planSubmittedBy'],
  ...owned,
});

export const decorationInspectionAggregate = defineAggregate<DecorationInspection>({
  type: 'decoration-inspection',
  table: 'decoration_inspection',
  graphqlType: 'DecorationInspection',
  entity: decorationInspectionEntity,
  deadlines: decorationInspectionDeadlines,
  sealed: ['findingsSealed'],
  ...owned,
});

export const decorationViolationAggregate = defineAggregate<DecorationViolation>({
  type: 'decoration-violation',
  table: 'decoration_violation',
  graphqlType: 'DecorationViolation',
  entity: decorationViolationEntity,
  deadlines: decorationViolationDeadlines,
  sealed: ['noteSealed'],
  ...owned,
});

export const decorationAggregates = [
  decorationTermsAggregate,
  decorationAggregate,
  decorationInspectionAggregate,
  decorationViolationAggregate,
];
