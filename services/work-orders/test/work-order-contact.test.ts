import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { lastChange, lastFact, reasons, see } from './work-order-views.ts';
import { act, anEstate, anOrder, anUpload, look, startWorkOrders, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const clear = { contactName: '张建国', contactPhone: '13812345678' };
const hidden = { contactName: null, contactPhone: null };
const masked = { contactNameMasked: '张**', contactPhoneMasked: '138****5678' };

describe('name and phone of a contact', () => {
  it('are clear to the household and to the assignee while the order is open, masked to all others', async () => {
    const id = await anOrder(service, estate);
    expect(await look(service, estate.resident, id)).toMatchObject({ ...clear, ...masked });
    expect(await look(service, estate.director, id)).toMatchObject({ ...hidden, ...masked });
    expect(await look(service, estate.plumber, id)).toMatchObject(hidden);
    await act(service, estate.plumber, 'takeWorkOrder', { id });
    expect(await look(service, estate.plumber, id)).toMatchObject(clear);
    await act(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode: 'DUPLICATE' });
    expect(await look(service, estate.plumber, id)).toMatchObject(hidden);
  });

  it('stand nowhere in the database as they are', async () => {
    const id = await anOrder(service, estate, {
      contactPhone: '139 8888 7777',
      contactName: '欧阳小明',
      description: '阳台漏水',
    });
    const [found] = await service.sql<{ text: string }>('select w::text as text from work_order w where id = $1', [id]);
    expect(found?.text).not.toMatch(/13988887777|欧阳小明|阳台漏水/);
    const events = JSON.stringify(await service.events());
    expect(events).not.toMatch(/13988887777|欧阳|阳台漏水/);
  });
});

describe('updateWorkOrder', () => {
  it('[A066] corrects what is given and keeps the rest; the history has masks alone', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.resident, 'updateWorkOrder', {
      id,
      contactPhone: '139-0000-1111',
      description: '卫生间水龙头漏水',
    });
    expect(await look(service, estate.resident, id)).toMatchObject({
      contactName: '张建国',
      contactPhone: '13900001111',
      contactPhoneMasked: '139****1111',
      description: '卫生间水龙头漏水',
    });
    expect(await lastFact(service, id, 'updated')).toEqual({ workOrderId: id });
    const change = await lastChange(service, estate.clerk, id);
    expect(change?.action).toBe('updateWorkOrder');
    expect(JSON.stringify(change)).not.toMatch(/13900001111|13812345678|水龙头/);
  });

  it.each([
    [{ contactName: ' ' }, ['CONTACT_NAME_REQUIRED']],
    [{ contactPhone: null }, ['CONTACT_PHONE_REQUIRED']],
    [{ contactPhone: 'ask the guard' }, ['PHONE_MALFORMED']],
    [{ description: '' }, ['DESCRIPTION_REQUIRED']],
    [{ convenientFrom: null, convenientTo: null }, ['CONVENIENT_TIME_REQUIRED']],
    [{ convenientFrom: '2026-03-03T04:00:00Z', convenientTo: '2026-03-03T01:00:00Z' }, ['RANGE_EMPTY']],
    [{ contactName: '', contactPhone: '1' }, ['CONTACT_NAME_REQUIRED', 'PHONE_MALFORMED']],
  ])('[A066] clears none of the five fields: %j', async (input, expected) => {
    const id = await anOrder(service, estate);
    expect(await reasons(service, estate.clerk, 'updateWorkOrder', { id, ...input })).toEqual(expected);
  });

  it('refuses what somebody changed meanwhile, and an order that is over', async () => {
    const id = await anOrder(service, estate);
    const { version } = await act(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode: 'DUPLICATE' });
    const description = '厨房';
    expect(
      await reasons(service, estate.clerk, 'updateWorkOrder', { id, expectedVersion: version - 1, description }),
    ).toEqual(['STALE_VERSION']);
    expect(await reasons(service, estate.clerk, 'updateWorkOrder', { id, description })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });
});

describe('revealWorkOrderContact', () => {
  const mutation = `mutation ($input: RevealWorkOrderContactInput!) {
    revealWorkOrderContact(input: $input) { contactName contactPhone workOrder { id contactPhone } }
  }`;

  it('shows them for a reason, and keeps who read them and why', async () => {
    const id = await anOrder(service, estate);
    const { version } = await look(service, estate.clerk, id);
    const { revealWorkOrderContact: answer } = await service.ok<{ revealWorkOrderContact: object }>(
      estate.clerk,
      mutation,
      {
        input: { id, reason: '住户要求回电' },
      },
    );
    expect(answer).toEqual({ ...clear, workOrder: { id, contactPhone: null } });
    expect(await service.reveals(estate.clerk, id)).toEqual([
      { sub: estate.clerk.sub, fields: ['contactName', 'contactPhone'], reason: '住户要求回电' },
    ]);
    expect((await look(service, estate.clerk, id)).version).toBe(version);
  });

  it('shows nothing without a reason, nor to whoever is not at the desk', async () => {
    const id = await anOrder(service, estate);
    const refused = async (viewer: Viewer, reason: string) =>
      (await service.refused(viewer, mutation, { input: { id, reason } })).extensions.reason;
    expect(await refused(estate.clerk, ' ')).toBe('REASON_REQUIRED');
    expect(await refused(estate.plumber, '住户要求回电')).toBe('ACCESS_DENIED');
    expect(await service.reveals(estate.clerk, id)).toEqual([]);
  });
});

describe('createWorkOrderUpload', () => {
  const mutation = `mutation ($input: CreateWorkOrderUploadInput!) { createWorkOrderUpload(input: $input) { upload { fileId } } }`;
  const photo = { purpose: 'PHOTO', fileName: 'a.png', contentType: 'image/png', bytes: 70 };

  it("shows the picture that a command takes, with a link that tells nobody's name", async () => {
    const fileId = await anUpload(service, estate, estate.resident);
    const id = await anOrder(service, estate, { photoFileIds: [fileId] }, estate.resident);
    const order = await see(service, estate.clerk, id, 'photos { kind file { id contentType bytes url } }');
    const url = expect.stringMatching(/^\/files\/work-orders\//);
    expect(order).toEqual({
      photos: [{ kind: 'BEFORE', file: { id: fileId, contentType: 'image/png', bytes: expect.any(Number), url } }],
    });
  });

  it.each([
    [{ contentType: 'text/html' }, 'FILE_TYPE_NOT_ALLOWED'],
    [{ bytes: 0 }, 'FILE_EMPTY'],
    [{ bytes: 1_000_000_000 }, 'FILE_TOO_LARGE'],
    [{ fileName: '../a.png' }, 'FILE_NAME_INVALID'],
  ])('refuses %j', async (overrides, reason) => {
    const input = { communityId: estate.communityId, ...photo, ...overrides };
    const { extensions } = await service.refused(estate.clerk, mutation, { input });
    expect(extensions.reason).toBe(reason);
  });
});
