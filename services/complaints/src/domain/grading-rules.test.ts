import { describe, expect, it } from '@jest/globals';
import { defaultsOf, reasonsOf } from '@steward/test-kit/pure-rules';

import { aComplaint } from './a-complaint.ts';
import { authorityFigures } from './complaint-policy.ts';
import type { ComplaintEffect, ComplaintGrade } from './complaint.ts';
import { gradeOf, gradeViolations, hasAuthority, leastGrade, regrade } from './grading-rules.ts';

const authority = defaultsOf(authorityFigures);
const everyRole = [
  'director',
  'deputyDirector',
  'administrativeSupervisor',
  'supervisor',
  'clerk',
  'cashier',
  'maintenance',
  'guard',
  'environment',
  'trainer',
  'analyst',
  'operator',
  'committee',
  'resident',
];
const leaders = ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor'];

describe('the grade', () => {
  it.each<[string, ComplaintEffect, ComplaintGrade]>([
    ['[A095] a serious effect on daily life makes it major', 'DAILY_LIFE', 'MAJOR'],
    ['[A095] danger does', 'SAFETY', 'MAJOR'],
    ['[A095] damage to the company’s image does', 'COMPANY_IMAGE', 'MAJOR'],
    ['[A096] a fault of service makes it important', 'SERVICE_FAULT', 'IMPORTANT'],
  ])('%s', (_name, effect, grade) => {
    expect(leastGrade([effect])).toBe(grade);
    expect(gradeOf(null, 'MINOR', [effect])).toBe(grade);
    expect(gradeViolations('MINOR', [effect])).toMatchObject([{ reason: 'GRADE_TOO_LOW', params: { least: grade } }]);
    expect(gradeViolations(grade, [effect])).toEqual([]);
  });

  it('[A095] the most serious effect decides', () => {
    expect(leastGrade(['SERVICE_FAULT', 'SAFETY'])).toBe('MAJOR');
    expect(reasonsOf(() => regrade(aComplaint(), { grade: 'IMPORTANT', effects: ['SAFETY'], mayLower: true }))).toEqual(
      ['GRADE_TOO_LOW'],
    );
  });

  it('[A097] without an effect it is as usual, and as said', () => {
    expect(gradeOf(null, 'MINOR', [])).toBe('MINOR');
    expect(gradeOf(null, 'IMPORTANT', [])).toBe('IMPORTANT');
    expect(gradeOf('MINOR', 'IMPORTANT', [])).toBe('MINOR');
  });
});

describe('regrade', () => {
  const important = aComplaint({ grade: 'IMPORTANT', decidedAt: new Date(0) });

  it('[A095] everybody at the desk may raise it, supervisors and above lower it', () => {
    expect(regrade(important, { grade: 'MAJOR', effects: [], mayLower: false }).grade).toBe('MAJOR');
    expect(() => regrade(important, { grade: 'MINOR', effects: [], mayLower: false })).toThrow('GRADE_LOWERING_DENIED');
    expect(regrade(important, { grade: 'MINOR', effects: [], mayLower: true }).grade).toBe('MINOR');
    expect(everyRole.filter((role) => hasAuthority([role], authority.gradeLoweringRoles))).toEqual(leaders);
  });

  it('[A035] what becomes major is decided by the director anew', () => {
    expect(regrade(important, { grade: 'MAJOR', effects: ['SAFETY'], mayLower: false })).toMatchObject({
      decidedAt: null,
      effects: ['SAFETY'],
    });
    expect(regrade(important, { grade: 'MINOR', effects: [], mayLower: true }).decidedAt).toEqual(new Date(0));
  });

  it('changes something', () => {
    expect(() => regrade(important, { grade: 'IMPORTANT', effects: [], mayLower: true })).toThrow('NOTHING_CHANGED');
  });

  it('[A092] supervisors and above receive an agitated resident', () => {
    expect(everyRole.filter((role) => hasAuthority([role], authority.separateReceptionRoles))).toEqual(leaders);
  });
});
