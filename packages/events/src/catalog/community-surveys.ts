import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'community-events';
const id = z.guid();
const instant = z.iso.datetime();
const count = z.int().min(0);
const area = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .describe('square metres, exact decimal');

// ---- Survey: figures alone. Who answered what is told to nobody.

const survey = { publisher, aggregate: 'survey', version: 1 } as const;
const ofSurvey = { surveyId: id, kind: z.enum(['OPINION', 'SATISFACTION']) };

export const surveyDrafted = defineEvent({
  ...survey,
  fact: 'drafted',
  description: 'An opinion form or a survey of satisfaction was written.',
  data: z.object({ ...ofSurvey, number: z.string().min(1), isAnonymous: z.boolean() }),
});

export const surveyIssued = defineEvent({
  ...survey,
  fact: 'issued',
  description: 'The form went to its households.',
  data: z.object({ ...ofSurvey, issuedCount: count, dueAt: instant }),
});

export const surveyClosed = defineEvent({
  ...survey,
  fact: 'closed',
  description: 'The forms were recovered and counted.',
  data: z.object({ ...ofSurvey, issuedCount: count, recoveredCount: count }),
});

export const surveyReported = defineEvent({
  ...survey,
  fact: 'reported',
  description: 'The analysis with its improvements is before the director.',
  data: z.object({ ...ofSurvey, reportedAt: instant }),
});

export const surveyReportAcknowledged = defineEvent({
  ...survey,
  fact: 'report-acknowledged',
  description: 'The director has seen the analysis.',
  data: z.object(ofSurvey),
});

export const surveyDeadlines = deadlineEvents(publisher, 'survey');

// ---- Vote of the owners

const vote = { publisher, aggregate: 'owner-vote', version: 1 } as const;
const share = z.object({ owners: count, areaM2: area });

export const ownerVoteDrafted = defineEvent({
  ...vote,
  fact: 'drafted',
  description: 'A matter was prepared for a vote of the owners.',
  data: z.object({ voteId: id, number: z.string().min(1), matter: z.string().min(1), isSecret: z.boolean() }),
});

export const ownerVoteOpened = defineEvent({
  ...vote,
  fact: 'opened',
  description: 'The owners vote; who may is settled.',
  data: z.object({ voteId: id, opensAt: instant, closesAt: instant, electors: share }),
});

export const ownerVoteCounted = defineEvent({
  ...vote,
  fact: 'counted',
  description: 'The ballots were counted; no fact tells who voted how.',
  data: z.object({
    voteId: id,
    matter: z.string().min(1),
    electors: share,
    cast: share,
    for: share,
    against: share,
    abstain: share,
    isQuorate: z.boolean(),
    isPassed: z.boolean(),
    ballotsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

export const ownerVoteCancelled = defineEvent({
  ...vote,
  fact: 'cancelled',
  description: 'The vote was called off.',
  data: z.object({ voteId: id }),
});

export const ownerVoteDeadlines = deadlineEvents(publisher, 'owner-vote');

// ---- Plan of visits

const visits = { publisher, aggregate: 'visit-plan', version: 1 } as const;

export const visitPlanMade = defineEvent({
  ...visits,
  fact: 'made',
  description: 'Which households are visited in a month, and by whom.',
  data: z.object({ planId: id, month: z.string().regex(/^\d{4}-\d{2}$/), staffId: id, householdIds: z.array(id) }),
});

export const visitPlanVisitRecorded = defineEvent({
  ...visits,
  fact: 'visit-recorded',
  description: 'A household of the plan was visited; its words stay with the publisher.',
  data: z.object({ planId: id, householdId: id, visitedAt: instant, openVisitCount: count }),
});

export const visitPlanDeadlines = deadlineEvents(publisher, 'visit-plan');
