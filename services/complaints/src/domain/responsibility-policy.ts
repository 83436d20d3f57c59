import type { ComplaintEffect, ComplaintGrade, ComplaintResponsibility, ComplaintStepKind } from './complaint.ts';

/** The procedure of a class of responsibility: what is done with the resident before the complaint counts as solved. */
export type Procedure = { steps: readonly ComplaintStepKind[]; departmentsAtLeast?: number; rule: string };

/** Responsibility classes (A091); a complaint without ground is explained (A100). */
export const procedures: Record<ComplaintResponsibility, Procedure> = {
  COMPANY: { steps: ['APOLOGY'], rule: 'A091' },
  RESIDENT: { steps: ['EXPLANATION', 'MEDIATION'], rule: 'A091' },
  SEVERAL_DEPARTMENTS: { steps: ['SITE_MEETING'], departmentsAtLeast: 2, rule: 'A091' },
  NONE: { steps: ['EXPLANATION'], rule: 'A100' },
};

/** An agitated resident is received apart (A092), whoever is responsible. */
export const agitationProcedure: Procedure = { steps: ['SEPARATE_RECEPTION'], rule: 'A092' };

/** The lowest grade that an effect allows: what makes a complaint major or important (A095, A096). */
export const effectGrades: Record<ComplaintEffect, { grade: ComplaintGrade; rule: string }> = {
  DAILY_LIFE: { grade: 'MAJOR', rule: 'A095' },
  SAFETY: { grade: 'MAJOR', rule: 'A095' },
  COMPANY_IMAGE: { grade: 'MAJOR', rule: 'A095' },
  SERVICE_FAULT: { grade: 'IMPORTANT', rule: 'A096' },
};
