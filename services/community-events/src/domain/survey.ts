/** Opinion form 业主意见征询表 of the year (A101), or a survey of satisfaction (A210). */
export type SurveyKind = 'OPINION' | 'SATISFACTION';
export type SurveyStatus = 'DRAFT' | 'ISSUED' | 'CLOSED' | 'REPORTED';
export type SurveySegment = 'MAIN_MERCHANT' | 'SMALL_MERCHANT' | 'RESIDENT';
export type SurveyQuestionKind = 'RATING' | 'CHOICE' | 'TEXT';

export type SurveyQuestion = {
  /** Its place in the form, from 1. */
  number: number;
  kind: SurveyQuestionKind;
  text: string;
  /** Of a CHOICE; empty for others. */
  choices: string[];
};

/** What came of one question. */
export type SurveyQuestionResult = {
  number: number;
  answerCount: number;
  /** Exact decimal with two places; null for others than RATING. */
  meanRating: string | null;
  /** Of a CHOICE or RATING, in the order of the choices or from 1 to 5. */
  counts: number[];
};

export type Survey = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: SurveyStatus;
  kind: SurveyKind;
  title: string;
  isAnonymous: boolean;
  segments: SurveySegment[];
  questions: SurveyQuestion[];
  issuedAt: Date | null;
  dueAt: Date | null;
  issuedCount: number;
  recoveredCount: number;
  closedAt: Date | null;
  results: SurveyQuestionResult[] | null;
  analysisSealed: string | null;
  improvementsSealed: string | null;
  reportedAt: Date | null;
  acknowledgedAt: Date | null;
};

export type SurveyAnswer = {
  questionNumber: number;
  rating: number | null;
  choice: number | null;
  text: string | null;
};
