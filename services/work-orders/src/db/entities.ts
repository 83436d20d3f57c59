import { referenceEntities } from './reference-entities.ts';
import { reviewEntities } from './review-entities.ts';
import { workOrderEntities } from './work-order-entities.ts';

export const entities = [...workOrderEntities, ...reviewEntities, ...referenceEntities];
