import {
  authorityGrantReferenceEntity,
  communityReferenceEntity,
  householdMemberEntity,
  householdReferenceEntity,
  householdUnitReferenceEntity,
  placeReferenceEntity,
  staffPostReferenceEntity,
  staffReferenceEntity,
} from '@steward/service-kit';

import { activityEntities } from './activity-entities.ts';
import { noticeEntities } from './notice-entities.ts';
import { surveyEntities } from './survey-entities.ts';
import { venueEntities } from './venue-entities.ts';

export const entities = [
  ...activityEntities,
  ...venueEntities,
  ...noticeEntities,
  ...surveyEntities,
  authorityGrantReferenceEntity,
  communityReferenceEntity,
  householdReferenceEntity,
  householdMemberEntity,
  placeReferenceEntity,
  householdUnitReferenceEntity,
  staffReferenceEntity,
  staffPostReferenceEntity,
];
