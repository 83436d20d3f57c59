import { appraisalMutations, appraisalQueries, appraisalTypes } from './appraisal-resolvers.ts';
import { dormitoryMutations, dormitoryQueries, dormitoryTypes } from './dormitory-resolvers.ts';
import { reportDutyMutations, reportDutyQueries, reportDutyTypes } from './report-duty-resolvers.ts';
import { staffCheckMutations, staffCheckQueries, staffCheckTypes } from './staff-check-resolvers.ts';
import { teamPlanMutations, teamPlanQueries, teamPlanTypes } from './team-plan-resolvers.ts';

export const conductQueries = {
  ...staffCheckQueries,
  ...appraisalQueries,
  ...dormitoryQueries,
  ...teamPlanQueries,
  ...reportDutyQueries,
};

export const conductMutations = {
  ...staffCheckMutations,
  ...appraisalMutations,
  ...dormitoryMutations,
  ...teamPlanMutations,
  ...reportDutyMutations,
};

export const conductTypes = {
  ...staffCheckTypes,
  ...appraisalTypes,
  ...dormitoryTypes,
  ...teamPlanTypes,
  ...reportDutyTypes,
};
