import type { AccessPolicy, Grant, Role, SubjectOf } from '@steward/auth';

import { decorationGrants } from '../commands/decoration-grants.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import type { DecorationTerms } from '../domain/decoration.ts';

const directors: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor'];
const desk: Role[] = [...directors, 'operator', 'supervisor', 'clerk'];
const counter: Role[] = [...desk, 'cashier'];
const staff: Role[] = [...counter, 'maintenance', 'guard', 'environment', 'trainer', 'analyst'];
const own: Grant = { roles: ['resident', 'committee'], relation: 'own' };

const byCounter: Grant[] = [{ roles: counter, relation: 'community' }, own];
const everyStaff: Grant[] = [{ roles: staff, relation: 'community' }, own];
const reviewers: Grant[] = [{ roles: [...counter, 'maintenance'], relation: 'community' }, own];

/** Who sees decorations; transitions bring their own rows. Papers are copies of identity cards (B017). */
export const decorationAccess: AccessPolicy = {
  ...decorationGrants,
  'Query.decoration': 'authenticated',
  'Query.decorations': 'authenticated',
  'Query.decorationInspection': 'authenticated',
  'Query.decorationInspections': 'authenticated',
  'Query.decorationViolation': 'authenticated',
  'Query.decorationViolations': 'authenticated',
  'Query.decorationTerms': 'authenticated',
  'Mutation.publishDecorationTerms': [{ roles: directors, relation: 'community' }],
  'Mutation.registerDecoration': [
    { roles: desk, relation: 'community' },
    { roles: ['resident'], relation: 'own' },
  ],
  PublishDecorationTermsPayload: 'inherit',
  RegisterDecorationPayload: 'inherit',

  // Whoever lives in a community is to know its hours and prohibitions (A084).
  DecorationTerms: [{ roles: [...staff, 'resident', 'committee'], relation: 'community' }],
  'DecorationTerms.history': [{ roles: staff, relation: 'community' }],
  Decoration: everyStaff,
  'Decoration.documents': reviewers,
  'Decoration.signatures': byCounter,
  'Decoration.history': byCounter,
  DecorationInspection: everyStaff,
  DecorationViolation: everyStaff,
  ...Object.fromEntries(
    [
      'DecorationDocument',
      'DecorationAcknowledgement',
      'DecorationCompletionCheck',
      'DecorationArchive',
      'DecorationInspectionItem',
      'DecorationConnection',
      'DecorationEdge',
      'DecorationInspectionConnection',
      'DecorationInspectionEdge',
      'DecorationViolationConnection',
      'DecorationViolationEdge',
      'DecorationTermsConnection',
      'DecorationTermsEdge',
    ].map((type) => [type, 'inherit' as const]),
  ),
};

export const subjectOfTerms = ({ communityId }: DecorationTerms) => ({ communityId });

/** On what `own` and `community` are judged. */
export const decorationSubjects: SubjectOf = {
  Decoration: ofHousehold,
  DecorationInspection: ofHousehold,
  DecorationViolation: ofHousehold,
  DecorationTerms: subjectOfTerms,
};
