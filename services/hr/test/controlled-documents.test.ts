import { createHash } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { act, aNewcomer, forgetTimers, refusal, see, viewerOf } from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';
import { aSchool, dayIn, listed, planned, present, reasons, toldAbout, type School } from './training-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startHr();
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const document = 'controlledDocument';
const reading = 'documentReading';
const words = '第一条 来电须在铃响三声内接听。';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const draftOf = ({ communityId }: School, overrides: object = {}) => ({
  communityId,
  title: '前台服务标准',
  kindCode: 'STANDARD',
  secrecy: 'INTERNAL',
  audienceRoles: ['CLERK'],
  body: words,
  ...overrides,
});

/** A document in force, published by the director for the clerks. */
async function aStandard(school: School, overrides: object = {}, by: Viewer = school.supervisor): Promise<string> {
  const { id } = await act(service, by, 'draftControlledDocument', document, draftOf(school, overrides));
  await act(service, by, 'submitControlledDocument', document, { id });
  await act(service, school.director, 'publishControlledDocument', document, { id });
  return id;
}

type Reading = { id: string; status: string; versionNumber: number; dueOn: string; staff: { id: string } };
const readingsOf = (school: School, documentId: string): Promise<Reading[]> =>
  listed(service, school.supervisor, 'documentReadings', { documentId }, 'id status versionNumber dueOn staff { id }');

async function readAs(viewer: Viewer, id: string, text: string): Promise<void> {
  await act(service, viewer, 'openDocumentReading', reading, { id });
  await act(service, viewer, 'acknowledgeDocumentReading', reading, { id, bodySha256: sha256(text) });
}

describe('[A329] a document', () => {
  it('is drafted by who may read its grade, for roles that may, and published by the director', async () => {
    const school = await aSchool(service);
    const draft = (viewer: Viewer, overrides: object) =>
      refusal(service, viewer, 'draftControlledDocument', document, draftOf(school, overrides));
    const wrong = { title: ' ', body: '', kindCode: 'POEM', secrecy: 'CONFIDENTIAL' };
    expect(reasons(await draft(school.supervisor, wrong)).toSorted()).toEqual(
      ['TEXT_REQUIRED', 'TEXT_REQUIRED', 'DOCUMENT_KIND_UNKNOWN', 'AUDIENCE_NOT_CLEARED'].toSorted(),
    );
    expect((await draft(school.supervisor, { secrecy: 'SECRET' })).reason).toBe('GRADE_BEYOND_CLEARANCE');
    expect((await draft(school.clerk, {})).code).toBe('FORBIDDEN');
    const { id } = await act(service, school.supervisor, 'draftControlledDocument', document, draftOf(school));
    expect(await see(service, school.clerk, document, id, 'id')).toBeNull();
    const amend = (overrides: object) => ({ id, ...overrides });
    const amended = await act(
      service,
      school.supervisor,
      'amendControlledDocument',
      document,
      amend({ body: `${words}二`, changeNote: '措辞' }),
      'versions { body changeNote bodySha256 }',
    );
    expect(amended).toEqual({
      versions: [{ body: `${words}二`, changeNote: '措辞', bodySha256: sha256(`${words}二`) }],
    });
    const blank = await refusal(service, school.supervisor, 'amendControlledDocument', document, amend({ body: ' ' }));
    expect(blank.reason).toBe('TEXT_REQUIRED');
    await act(service, school.director, 'submitControlledDocument', document, { id });
    expect((await refusal(service, school.director, 'publishControlledDocument', document, { id })).reason).toBe(
      'OWN_REQUEST',
    );
    expect((await refusal(service, school.supervisor, 'publishControlledDocument', document, { id })).code).toBe(
      'FORBIDDEN',
    );
    await act(service, school.director, 'returnControlledDocument', document, { id, reason: '请修改' });
    await act(service, school.supervisor, 'submitControlledDocument', document, { id });
    const published = 'status reviewOn inForce { versionNumber effectiveOn } deadlines { kind state }';
    expect(await act(service, school.director, 'publishControlledDocument', document, { id }, published)).toEqual({
      status: 'IN_FORCE',
      reviewOn: `2027${(await dayIn(service, 0)).slice(4)}`,
      inForce: { versionNumber: 1, effectiveOn: await dayIn(service, 0) },
      deadlines: [{ kind: 'DOCUMENT_REVIEW', state: 'RUNNING' }],
    });
    expect(await see(service, school.clerk, document, id, 'title inForce { body }')).toEqual({
      title: '前台服务标准',
      inForce: { body: `${words}二` },
    });
  });

  it('is read by office as its grade lets, or by name to the end of a day; nobody else finds it', async () => {
    const school = await aSchool(service);
    const administrator = viewerOf(school, 'administrativeSupervisor');
    const id = await aStandard(school, { secrecy: 'SECRET', audienceRoles: ['DIRECTOR'] }, administrator);
    const guardId = await aNewcomer(service, school, 'GUARD');
    const guard = viewerOf(school, 'guard', guardId);
    const found = async (viewer: Viewer) => [
      (await see(service, viewer, document, id, 'id')) !== null,
      (await listed<{ id: string }>(service, viewer, 'controlledDocuments', {}, 'id')).length,
    ];
    expect(await found(administrator)).toEqual([true, 1]);
    for (const viewer of [school.supervisor, school.clerkSelf, guard]) expect(await found(viewer)).toEqual([false, 0]);
    expect((await refusal(service, school.supervisor, 'confirmControlledDocument', document, { id })).code).toBe(
      'NOT_FOUND',
    );
    const today = await dayIn(service, 0);
    const grant = { id, staffIds: [guardId], lastOn: today, reason: '参与整改' };
    const refused = { ...grant, staffIds: [school.communityId], lastOn: await dayIn(service, -1) };
    expect(reasons(await refusal(service, school.director, 'grantDocumentAccess', document, refused))).toEqual([
      'STAFF_UNKNOWN',
      'IN_THE_PAST',
    ]);
    expect((await refusal(service, administrator, 'grantDocumentAccess', document, grant)).code).toBe('FORBIDDEN');
    await act(service, school.director, 'grantDocumentAccess', document, grant);
    expect(await found(guard)).toEqual([true, 1]);
    expect(await see(service, administrator, document, id, 'readers { staff { id } lastOn }')).toEqual({
      readers: [{ staff: { id: guardId }, lastOn: today }],
    });
    await service.move({ advance: 'P1D' });
    expect(await found(guard)).toEqual([false, 0]);
  });

  it('goes to the archive under the grade that was approved, once a version', async () => {
    const school = await aSchool(service);
    const { id: draft } = await act(service, school.supervisor, 'draftControlledDocument', document, draftOf(school));
    await act(service, school.director, 'withdrawControlledDocument', document, { id: draft, reason: '不再需要' });
    const id = await aStandard(school, { secrecy: 'CONFIDENTIAL', audienceRoles: ['SUPERVISOR'] });
    const administrator = viewerOf(school, 'administrativeSupervisor');
    const transfer = { id, secrecy: 'CONFIDENTIAL', archiveNumber: 'DA-2026-017' };
    const refused = async (overrides: object, viewer = administrator) =>
      (await refusal(service, viewer, 'transferControlledDocument', document, { ...transfer, ...overrides })).reason;
    expect(await refused({}, school.supervisor)).toBe('ACCESS_DENIED');
    expect(await refused({ secrecy: 'INTERNAL' })).toBe('SECRECY_NOT_APPROVED');
    expect(await refused({ archiveNumber: ' ' })).toBe('TEXT_REQUIRED');
    expect(await refused({ id: draft, secrecy: 'INTERNAL' })).toBe('DOCUMENT_NEVER_IN_FORCE');
    const archived = 'archiveNumber archivedVersion archivedAt';
    expect(await act(service, administrator, 'transferControlledDocument', document, transfer, archived)).toEqual({
      archiveNumber: 'DA-2026-017',
      archivedVersion: 1,
      archivedAt: (await service.now()).toISOString(),
    });
    expect(await refused({})).toBe('ALREADY_TRANSFERRED');
  });
});

describe('[A329] a new version', () => {
  it('has to be read and acknowledged by everybody of the audience, by its words, and anew after each revision', async () => {
    const school = await aSchool(service);
    const id = await aStandard(school);
    const [first] = await readingsOf(school, id);
    const readingId = first?.id ?? '';
    expect(first).toMatchObject({ status: 'DUE', versionNumber: 1, dueOn: await dayIn(service, 7) });
    expect(first?.staff.id).toBe(school.clerkId);
    const own = (viewer: Viewer) => see(service, viewer, reading, readingId, 'body');
    expect(await own(school.clerkSelf)).toEqual({ body: null });
    const acknowledge = (bodySha256: string) =>
      refusal(service, school.clerkSelf, 'acknowledgeDocumentReading', reading, { id: readingId, bodySha256 });
    expect((await acknowledge(sha256(words))).reason).toBe('ILLEGAL_TRANSITION');
    expect((await refusal(service, school.director, 'openDocumentReading', reading, { id: readingId })).code).toBe(
      'FORBIDDEN',
    );
    await act(service, school.clerkSelf, 'openDocumentReading', reading, { id: readingId });
    expect(await own(school.clerkSelf)).toEqual({ body: words });
    expect((await acknowledge(sha256('别的'))).reason).toBe('DOCUMENT_TEXT_DIFFERS');
    const terms = { id: readingId, bodySha256: sha256(words) };
    const answer = 'status acknowledgedAt deadlines { kind state }';
    expect(await act(service, school.clerkSelf, 'acknowledgeDocumentReading', reading, terms, answer)).toEqual({
      status: 'ACKNOWLEDGED',
      acknowledgedAt: (await service.now()).toISOString(),
      deadlines: [{ kind: 'DOCUMENT_READING', state: 'MET' }],
    });

    const revise = (overrides: object) =>
      refusal(service, school.supervisor, 'reviseControlledDocument', document, { id, ...overrides });
    expect((await revise({ body: words, changeNote: '修订' })).reason).toBe('DOCUMENT_UNCHANGED');
    expect((await revise({ body: `${words}新`, changeNote: ' ' })).reason).toBe('REASON_REQUIRED');
    const next = { id, body: `${words}新`, changeNote: '增加话术' };
    await act(service, school.supervisor, 'reviseControlledDocument', document, next);
    expect(await see(service, school.clerk, document, id, 'status inForce { versionNumber }')).toEqual({
      status: 'DRAFT',
      inForce: { versionNumber: 1 },
    });
    await act(service, school.supervisor, 'submitControlledDocument', document, { id });
    await act(service, school.director, 'publishControlledDocument', document, { id });
    const versions = await readingsOf(school, id);
    expect(versions.map(({ versionNumber, status }) => [versionNumber, status])).toEqual([
      [1, 'ACKNOWLEDGED'],
      [2, 'DUE'],
    ]);
    await expect(
      service.sql('update controlled_document_version set body_sha256 = body_sha256 where document_id = $1', [id]),
    ).rejects.toThrow('does not change');
  });

  it('is due in seven days: the reader is reminded, the supervisor told, and who joins later has it too', async () => {
    const school = await aSchool(service);
    const id = await aStandard(school);
    const [first] = await readingsOf(school, id);
    const newcomer = await aNewcomer(service, school, 'CLERK', { employedOn: '2026-03-01' });
    await service.move({ advance: 'P5D' });
    expect(await toldAbout(service, first?.id ?? '')).toEqual(['documentToRead staff']);
    await service.move({ advance: 'P1D' });
    expect((await toldAbout(service, first?.id ?? '')).slice(1)).toEqual(['deadlineWarned DOCUMENT_READING staff']);
    await service.move({ advance: 'P2D' });
    expect((await toldAbout(service, first?.id ?? '')).slice(2)).toEqual([
      'deadlineBreached DOCUMENT_READING staff',
      'deadlineBreached DOCUMENT_READING supervisor',
    ]);
    const later = (await readingsOf(school, id)).find(({ staff }) => staff.id === newcomer);
    await readAs(viewerOf(school, 'clerk', newcomer), later?.id ?? '', words);
    const confirmed = await act(service, school.supervisor, 'confirmControlledDocument', document, { id }, 'reviewOn');
    expect(confirmed).toEqual({ reviewOn: `2027${(await dayIn(service, 0)).slice(4)}` });
    await act(service, school.director, 'withdrawControlledDocument', document, { id, reason: '废止' });
    expect((await readingsOf(school, id)).map(({ status }) => status).toSorted()).toEqual([
      'ACKNOWLEDGED',
      'CANCELLED',
    ]);
    expect(await see(service, school.clerk, document, id, 'status inForce { body }')).toEqual({
      status: 'WITHDRAWN',
      inForce: null,
    });
  });

  it('that has to be explained is, by a session of training about it', async () => {
    const school = await aSchool(service);
    const id = await aStandard(school, { isTrainingNeeded: true });
    const clocks = () =>
      see<{ deadlines: { kind: string; state: string; dueAt: string }[] }>(
        service,
        school.supervisor,
        document,
        id,
        'deadlines { kind state dueAt }',
      );
    const training = (await clocks())?.deadlines.find(({ kind }) => kind === 'DOCUMENT_TRAINING');
    const dueAt = new Date(`${await dayIn(service, 31)}T00:00:00.000+08:00`).toISOString();
    expect(training).toEqual({ kind: 'DOCUMENT_TRAINING', state: 'RUNNING', dueAt });
    const today = await dayIn(service, 0);
    const terms = {
      communityId: school.communityId,
      departmentCode: 'CUSTOMER_SERVICE',
      documentId: school.communityId,
    };
    const about = { kind: 'STANDARD', topic: '新标准', topicCodes: ['STANDARDS'], trainerId: school.supervisorId };
    const times = { startsAt: `${today}T00:00:00.000Z`, endsAt: `${today}T01:00:00.000Z` };
    const unknown = { ...terms, ...about, ...times };
    expect((await refusal(service, school.trainer, 'planTrainingSession', 'trainingSession', unknown)).reason).toBe(
      'DOCUMENT_UNKNOWN',
    );
    const session = await planned(service, school, 'STANDARD', today, { documentId: id, ...times });
    const attendance = present(school.clerkId);
    await act(service, school.trainer, 'holdTrainingSession', 'trainingSession', { id: session.id, attendance });
    expect((await clocks())?.deadlines.find(({ kind }) => kind === 'DOCUMENT_TRAINING')?.state).toBe('MET');
  });
});
