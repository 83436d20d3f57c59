import { analysisEntities } from './analysis-entities.ts';
import { complaintEntities } from './complaint-entities.ts';
import { referenceEntities } from './reference-entities.ts';

export const entities = [...complaintEntities, ...analysisEntities, ...referenceEntities];
