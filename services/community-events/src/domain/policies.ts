import { activityPolicy } from './activity-policy.ts';
import { noticePolicy } from './notice-policy.ts';
import { surveyPolicy } from './survey-policy.ts';

/** The tables a community may override, by the names they go by in `setCommunityEventsPolicy`. */
export const policies = [activityPolicy, noticePolicy, surveyPolicy];
