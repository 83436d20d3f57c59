import type { EducationLevel, Identity, CompanyIdentity } from './position.ts';

/** What somebody can show for a position. */
export type Qualification = {
  bornOn: string;
  education: EducationLevel;
  fieldCode: string | null;
  experienceYears: number;
  languageCodes: string[];
};

type KeptQualification = Omit<Qualification, 'bornOn'>;

export type StaffQualification = Identity &
  KeptQualification & { staffId: string; bornOnSealed: string; bornOnMasked: string; verifiedOn: string };

export type Vacancy = Identity & {
  positionId: string;
  positionCode: string;
  departmentId: string;
  openingCount: number;
  filledCount: number;
  closesOn: string;
  status: 'OPEN' | 'FILLED' | 'CLOSED';
  endedBecause: 'FILLED_INSIDE' | 'NO_BUDGET' | 'NOT_NEEDED' | null;
};

/** Sealed columns are null once the candidate was erased. */
export type JobApplication = Identity &
  KeptQualification & {
    vacancyId: string;
    nameSealed: string | null;
    nameMasked: string | null;
    phoneSealed: string | null;
    phoneMasked: string | null;
    bornOnSealed: string | null;
    certificateKinds: string[];
    interviewedOn: string | null;
    interviewerId: string | null;
    interviewScore: number | null;
    interviewNoteSealed: string | null;
    status: 'RECEIVED' | 'INTERVIEWED' | 'HIRED' | 'REJECTED' | 'WITHDRAWN';
    endedBecause:
      'REQUIREMENTS_NOT_MET' | 'INTERVIEW_NOT_PASSED' | 'OTHER_CHOSEN' | 'VACANCY_CLOSED' | 'CANDIDATE_WITHDREW' | null;
    staffId: string | null;
    decidedAt: Date | null;
  };

/** Days are half-open `[startsOn, endsOn)`. */
export type ProbationReview = Identity & {
  staffId: string;
  positionCode: string;
  startsOn: string;
  endsOn: string;
  status: 'OPEN' | 'PASSED' | 'FAILED';
  lateCount: number | null;
  earlyCount: number | null;
  decidedAt: Date | null;
};

/** What it takes to reach a grade from the one below; its label is null where the code is one of the standard. */
export type GradeStep = {
  code: string;
  label: string | null;
  minMonths: number;
  minScorePercent: number;
  maxPenaltyPoints: number;
};

/** Its number is its code. */
export type GradeLadder = CompanyIdentity & { label: string | null; rule: string | null; steps: GradeStep[] };

export type StaffGrade = Identity & {
  staffId: string;
  ladderId: string;
  level: number;
  heldFrom: string;
  status: 'HELD' | 'TOP';
};
