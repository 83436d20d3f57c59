import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anEstate,
  lastChange,
  lastFact,
  reasons,
  see,
  startComplaints,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const clear = { contactName: '张建国', contactPhone: '13812345678' };
const hidden = { contactName: null, contactPhone: null };

describe('updateComplaint', () => {
  it('[A090] corrects what is given and keeps the rest; the history has masks alone', async () => {
    const id = await aComplaint(service, estate);
    const { lobbyId: placeId } = estate;
    const input = { id, contactPhone: '139-0000-1111', demand: '请当面道歉', placeId, respondentName: '楼上邻居' };
    await act(service, estate.resident, 'updateComplaint', input);
    const selection = 'contactName contactPhone summary demand respondentName place { id } unit { id }';
    expect(await see(service, estate.resident, id, selection)).toEqual({
      contactName: '张建国',
      contactPhone: '13900001111',
      summary: '楼上夜间噪音扰民',
      demand: '请当面道歉',
      respondentName: '楼上邻居',
      place: { id: placeId },
      unit: null,
    });
    expect(await lastFact(service, id, 'updated')).toEqual({ complaintId: id });
    const change = await lastChange(service, estate.clerk, id);
    expect(change?.action).toBe('updateComplaint');
    expect(JSON.stringify(change)).not.toMatch(/13900001111|道歉|邻居/);
  });

  it.each([
    [{ contactName: ' ' }, ['CONTACT_NAME_REQUIRED']],
    [{ contactPhone: 'ask the guard' }, ['PHONE_MALFORMED']],
    [{ summary: '', course: null }, ['SUMMARY_REQUIRED', 'COURSE_REQUIRED']],
    [{ demand: '' }, ['DEMAND_REQUIRED']],
  ])('[A090] clears nothing that the record needs: %j', async (input, expected) => {
    const id = await aComplaint(service, estate);
    expect(await reasons(service, estate.clerk, 'updateComplaint', { id, ...input })).toEqual(expected);
  });

  it('refuses what somebody changed meanwhile, and a complaint that is over', async () => {
    const id = await aComplaint(service, estate);
    const over = { id, reasonCode: 'DUPLICATE' };
    const { version } = await act(service, estate.clerk, 'withdrawComplaint', over);
    const stale = { id, expectedVersion: version - 1, demand: '请道歉' };
    expect(await reasons(service, estate.clerk, 'updateComplaint', stale)).toEqual(['STALE_VERSION']);
    expect(await reasons(service, estate.clerk, 'updateComplaint', { id, demand: '请道歉' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });
});

describe('name and phone', () => {
  it('are clear to the household and to the handler while it is open, masked to all others', async () => {
    const id = await aComplaint(service, estate);
    const selection = 'contactName contactPhone';
    expect(await see(service, estate.resident, id, selection)).toEqual(clear);
    expect(await see(service, estate.director, id, selection)).toEqual(hidden);
    await act(service, estate.clerk, 'assignComplaint', { id, handlerId: estate.plumber.staffId });
    expect(await see(service, estate.plumber, id, selection)).toEqual(clear);
    await act(service, estate.clerk, 'withdrawComplaint', { id, reasonCode: 'DUPLICATE' });
    expect(await see(service, estate.plumber, id, selection)).toEqual(hidden);
  });

  it('keeps the words of a complaint from guards and workers of the community', async () => {
    const id = await aComplaint(service, estate);
    const selection = 'summary course demand respondentName result';
    expect(await see(service, estate.guard, id, selection)).toEqual({
      summary: '楼上夜间噪音扰民',
      course: null,
      demand: null,
      respondentName: null,
      result: null,
    });
  });
});

describe('revealComplaintContact', () => {
  const mutation = `mutation ($input: RevealComplaintContactInput!) {
    revealComplaintContact(input: $input) { contactName contactPhone complaint { id contactPhone } }
  }`;

  it('shows them for a reason, and keeps who read them and why', async () => {
    const id = await aComplaint(service, estate);
    const input = { id, reason: '住户要求回电' };
    const { revealComplaintContact: answer } = await service.ok<{ revealComplaintContact: object }>(
      estate.clerk,
      mutation,
      { input },
    );
    expect(answer).toEqual({ ...clear, complaint: { id, contactPhone: null } });
    expect(await service.reveals(estate.clerk, id)).toEqual([
      { sub: estate.clerk.sub, fields: ['contactName', 'contactPhone'], reason: '住户要求回电' },
    ]);
  });

  it('shows nothing without a reason, nor to whoever is not at the desk', async () => {
    const id = await aComplaint(service, estate);
    const refused = async (viewer: Viewer, reason: string) =>
      (await service.refused(viewer, mutation, { input: { id, reason } })).extensions.reason;
    expect(await refused(estate.clerk, ' ')).toBe('REASON_REQUIRED');
    expect(await refused(estate.guard, '住户要求回电')).toBe('ACCESS_DENIED');
    expect(await service.reveals(estate.clerk, id)).toEqual([]);
  });
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

describe('createComplaintUpload', () => {
  const mutation = `mutation ($input: CreateComplaintUploadInput!) {
    createComplaintUpload(input: $input) { upload { fileId uploadUrl } }
  }`;
  const aPicture = (overrides: object = {}) => ({
    communityId: estate.communityId,
    fileName: 'a.png',
    contentType: 'image/png',
    bytes: png.length,
    ...overrides,
  });

  it('takes a picture of what the complaint is about', async () => {
    type Answer = { createComplaintUpload: { upload: { fileId: string; uploadUrl: string } } };
    const { createComplaintUpload } = await service.ok<Answer>(estate.resident, mutation, { input: aPicture() });
    const { fileId, uploadUrl } = createComplaintUpload.upload;
    const headers = { 'content-type': 'image/png' };
    const put = await fetch(`${service.url()}${uploadUrl}`, { method: 'PUT', body: png, headers });
    expect(put.ok).toBe(true);
    const photo = { channelCode: 'APP', photoFileIds: [fileId] };
    const id = await aComplaint(service, estate, photo, estate.resident);
    expect(await see(service, estate.clerk, id, 'photos { file { id contentType } }')).toEqual({
      photos: [{ file: { id: fileId, contentType: 'image/png' } }],
    });
  });

  it.each([
    [{ contentType: 'text/html' }, 'FILE_TYPE_NOT_ALLOWED'],
    [{ bytes: 0 }, 'FILE_EMPTY'],
    [{ bytes: 1_000_000_000 }, 'FILE_TOO_LARGE'],
    [{ fileName: '../a.png' }, 'FILE_NAME_INVALID'],
  ])('refuses %j', async (overrides, reason) => {
    const { extensions } = await service.refused(estate.clerk, mutation, { input: aPicture(overrides) });
    expect(extensions.reason).toBe(reason);
  });
});
