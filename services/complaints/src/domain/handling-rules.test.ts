import { describe, expect, it } from '@jest/globals';
import { reasonsOf } from '@steward/test-kit/pure-rules';

import { aComplaint, aSolvable, aToldOne } from './a-complaint.ts';
import type { ComplaintContactForm } from './complaint.ts';
import { answerForm, assign, decide, judge, refer, reorder, route, stopHarm, takeStep } from './handling-rules.ts';

const now = new Date('2026-03-02T02:00:00Z');
const departments = new Set(['SECURITY', 'MAINTENANCE']);
const open = new Set<string>();
const form = (departmentCode: string, content = '请处理') => ({ departmentCode, content });
const aForm = (overrides: Partial<ComplaintContactForm> = {}): ComplaintContactForm => ({
  id: 'f',
  tenantId: 't',
  complaintId: 'c',
  round: 1,
  departmentCode: 'SECURITY',
  contentSealed: 'sealed',
  issuedAt: now,
  state: 'ISSUED',
  answeredAt: null,
  answeredBy: null,
  answerSealed: null,
  ...overrides,
});

describe('work contact forms', () => {
  it('[A034] make departments deal with the complaint', () => {
    const routed = route(aComplaint(), 'routeComplaint', { forms: [form('MAINTENANCE')], departments, open });
    expect(routed).toMatchObject({
      status: 'HANDLING',
      openFormCount: 1,
      departmentCodes: ['SECURITY', 'MAINTENANCE'],
    });
  });

  it.each([
    ['none', [], ['FORM_REQUIRED']],
    ['a department that is not there', [form('MAGIC')], ['DEPARTMENT_UNKNOWN']],
    ['one department twice', [form('SECURITY'), form('SECURITY')], ['DEPARTMENT_REPEATED']],
    ['an empty form', [form('SECURITY', ' ')], ['TEXT_REQUIRED']],
    ['everything at once', [form('MAGIC', '')], ['DEPARTMENT_UNKNOWN', 'TEXT_REQUIRED']],
  ])('[A034] are refused for %s', (_what, forms, expected) => {
    expect(reasonsOf(() => route(aComplaint(), 'routeComplaint', { forms, departments, open }))).toEqual(expected);
  });

  it('[A034] wait for the answer to the last one', () => {
    const busy = { forms: [form('SECURITY')], departments, open: new Set(['SECURITY']) };
    expect(reasonsOf(() => route(aSolvable(), 'routeComplaint', busy))).toEqual(['FORM_UNANSWERED']);
  });

  it('[A034] are answered once, with what was done', () => {
    const handling = aSolvable({ openFormCount: 1 });
    expect(answerForm(handling, aForm(), '已处理').openFormCount).toBe(0);
    expect(reasonsOf(() => answerForm(handling, aForm(), ' '))).toEqual(['TEXT_REQUIRED']);
    expect(reasonsOf(() => answerForm(handling, aForm({ state: 'ANSWERED' }), '已处理'))).toEqual(['FORM_ANSWERED']);
    expect(reasonsOf(() => answerForm(handling, null, '已处理'))).toEqual(['FORM_UNKNOWN']);
  });

  it('[A036] go out again while the problem is there, and open what was resolved', () => {
    const done = aForm({ state: 'ANSWERED' });
    expect(reorder(aSolvable(), done)).toMatchObject({ status: 'HANDLING', openFormCount: 1, reopenCount: 0 });
    expect(reorder(aToldOne({ wantedUntil: now }), done)).toMatchObject({
      status: 'HANDLING',
      reopenCount: 1,
      toldAt: null,
      resolvedAt: null,
      wantedUntil: null,
    });
    expect(reasonsOf(() => reorder(aSolvable(), aForm()))).toEqual(['FORM_UNANSWERED']);
    expect(reasonsOf(() => reorder(aSolvable(), null))).toEqual(['FORM_UNKNOWN']);
  });
});

describe('the director', () => {
  it('[A035] gets what a department cannot do, needs coordination or is beyond the authority', () => {
    for (const reason of ['DEPARTMENT_CANNOT', 'NEEDS_COORDINATION', 'BEYOND_AUTHORITY'] as const) {
      expect(refer(aComplaint(), reason, now)).toMatchObject({ status: 'REFERRED', referralReasonCode: reason });
    }
  });
  it('[A095] gets as major only what is', () => {
    expect(reasonsOf(() => refer(aComplaint(), 'MAJOR', now))).toEqual(['NOT_MAJOR']);
    expect(refer(aComplaint({ grade: 'MAJOR' }), 'MAJOR', now).referredAt).toEqual(now);
  });
  it('[A035] decides by whom it is dealt with', () => {
    const referred = aComplaint({ status: 'REFERRED', grade: 'MAJOR' });
    const decided = decide(referred, { forms: [form('SECURITY')], departments, open }, now);
    expect(decided).toMatchObject({ status: 'HANDLING', decidedAt: now, openFormCount: 1 });
  });
});

describe('harm', () => {
  it('[A099] is stopped by measures', () => {
    const harmed = aComplaint({ isHarmOngoing: true });
    expect(stopHarm(harmed, now, '关闭总阀').harmStoppedAt).toEqual(now);
    expect(reasonsOf(() => stopHarm(harmed, now, ''))).toEqual(['TEXT_REQUIRED']);
  });
});

describe('who handles it', () => {
  const staff = { id: 's', tenantId: 't', leftOn: null };
  const post = { id: 'p', tenantId: 't', staffId: 's', departmentCode: 'SECURITY', role: 'guard' };
  const { communityId } = aComplaint();
  const posts = [{ ...post, communityId, validFrom: '2024-01-01', validTo: null }];
  const day = '2026-03-02';

  it('[A098] works in the community', () => {
    expect(assign(aComplaint(), 's', { staff, posts }, day).handlerId).toBe('s');
    expect(reasonsOf(() => assign(aComplaint(), 's', null, day))).toEqual(['STAFF_UNKNOWN']);
    for (const colleague of [
      { staff: { ...staff, leftOn: day }, posts },
      { staff, posts: [] },
      { staff, posts: posts.map((held) => ({ ...held, validTo: day })) },
    ]) {
      expect(reasonsOf(() => assign(aComplaint(), 's', colleague, day))).toEqual(['STAFF_NOT_OF_COMMUNITY']);
    }
  });
  it('[A098] is not whom it is about, and somebody else than before', () => {
    expect(reasonsOf(() => assign(aComplaint({ respondentId: 's' }), 's', { staff, posts }, day))).toEqual([
      'HANDLER_IS_RESPONDENT',
    ]);
    expect(reasonsOf(() => assign(aComplaint({ handlerId: 's' }), 's', { staff, posts }, day))).toEqual([
      'NOTHING_CHANGED',
    ]);
  });
});

describe('a step', () => {
  const taken = { hasMeans: true, departmentCodes: [], departments, mayReceiveApart: false, at: now };

  it('[A098] the first contact says when, and how', () => {
    const contacted = takeStep(aComplaint(), { ...taken, kind: 'CONTACT' });
    expect(contacted).toMatchObject({ contactedAt: now, doneSteps: ['CONTACT'] });
    const later = takeStep(contacted, { ...taken, kind: 'CONTACT', at: new Date() });
    expect(later.contactedAt).toEqual(now);
    expect(reasonsOf(() => takeStep(aComplaint(), { ...taken, kind: 'CONTACT', hasMeans: false }))).toEqual([
      'MEANS_REQUIRED',
    ]);
    expect(takeStep(aComplaint(), { ...taken, kind: 'APOLOGY' }).contactedAt).toBeNull();
  });
  it('[A091] a meeting on site is one of several departments', () => {
    const meeting = { ...taken, kind: 'SITE_MEETING' as const };
    const of = (departmentCodes: string[]) => reasonsOf(() => takeStep(aComplaint(), { ...meeting, departmentCodes }));
    expect(of(['SECURITY', 'MAINTENANCE'])).toEqual([]);
    expect(of(['SECURITY'])).toEqual(['DEPARTMENTS_REQUIRED']);
    expect(of(['SECURITY', 'SECURITY'])).toEqual(['DEPARTMENTS_REQUIRED']);
    expect(of(['SECURITY', 'MAGIC'])).toEqual(['DEPARTMENT_UNKNOWN']);
  });
  it('[A092] a supervisor receives an agitated resident', () => {
    const apart = { ...taken, kind: 'SEPARATE_RECEPTION' as const };
    expect(() => takeStep(aComplaint(), apart)).toThrow('SUPERVISOR_RECEIVES');
    expect(takeStep(aComplaint(), { ...apart, mayReceiveApart: true }).doneSteps).toEqual(['SEPARATE_RECEPTION']);
  });
});

describe('a judgement', () => {
  const handling = aComplaint({ status: 'HANDLING' });
  const judgement = { responsibility: 'COMPANY' as const, isValid: true, departmentCodes: [], departments };
  const of = (overrides: object) => reasonsOf(() => judge(handling, { ...judgement, ...overrides }));

  it('[A091] names who is responsible', () => {
    expect(judge(handling, judgement)).toMatchObject({ responsibility: 'COMPANY', isValid: true });
    expect(of({ responsibility: 'NONE' })).toEqual(['RESPONSIBILITY_MISMATCH']);
  });
  it('[A091] several departments are several', () => {
    const several = { responsibility: 'SEVERAL_DEPARTMENTS' };
    expect(of(several)).toEqual(['DEPARTMENTS_REQUIRED']);
    expect(of({ ...several, departmentCodes: ['MAINTENANCE'] })).toEqual([]);
    expect(of({ ...several, departmentCodes: ['MAGIC'] })).toEqual(['DEPARTMENT_UNKNOWN']);
  });
  it('[A100] without ground the resident is helped all the same', () => {
    const unfounded = { isValid: false, responsibility: 'NONE' };
    expect(of({ ...unfounded, help: '协助联系社区' })).toEqual([]);
    expect(of(unfounded)).toEqual(['HELP_REQUIRED']);
    expect(of({ isValid: false, help: '协助' })).toEqual(['RESPONSIBILITY_MISMATCH']);
  });
});
