import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, newId } from '@steward/core';
import { migrate, migrateDown, rows, type Scope } from '@steward/db';

import {
  createUpload,
  deleteExpiredUploads,
  fileLabels,
  fileMigrations,
  requireUploaded,
  type CreateUploadInput,
} from '../src/index.ts';
import { aPng, startScratchService, type ScratchService } from './scratch-service.ts';

let service: ScratchService;
beforeAll(async () => {
  service = await startScratchService();
});
afterAll(() => service.stop());

const anUpload = (changed: Partial<CreateUploadInput> = {}): CreateUploadInput => ({
  purpose: 'photo',
  contentType: 'image/png',
  bytes: 2_000,
  fileName: '厨房.png',
  ...changed,
});

const refusalOf = async (work: Promise<unknown>): Promise<DomainError> => {
  const refusal = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(DomainError);
  return refusal as DomainError;
};

async function uploaded(changed: Partial<CreateUploadInput> = {}): Promise<string> {
  const { fileId, uploadUrl } = await service.write((tx) => createUpload(tx, anUpload(changed)));
  expect((await fetch(service.url + uploadUrl, { method: 'PUT', body: aPng() })).status).toBe(200);
  return fileId;
}

describe('createUpload', () => {
  it('answers a URL under the service and seals the name', async () => {
    const { fileId, uploadUrl } = await service.write((tx) => createUpload(tx, anUpload()));
    expect(uploadUrl).toMatch(/^\/files\/work-orders\/upload\/[\w-]+\.[\w-]+$/);
    const [row] = await service.write((tx) =>
      rows<{ name: string }>(tx, 'select name_sealed as name from file where id = $1', [fileId]),
    );
    expect(row?.name).toBe('gnp.房厨');
  });

  it.each([
    ['FILE_TYPE_NOT_ALLOWED', 'input.contentType', { contentType: 'image/svg+xml' }],
    ['FILE_TYPE_NOT_ALLOWED', 'input.contentType', { contentType: 'application/pdf' }],
    ['FILE_EMPTY', 'input.bytes', { bytes: 0 }],
    ['FILE_EMPTY', 'input.bytes', { bytes: 1.5 }],
    ['FILE_TOO_LARGE', 'input.bytes', { bytes: 10 * 1024 * 1024 + 1 }],
    ['FILE_NAME_INVALID', 'input.fileName', { fileName: '  ' }],
    ['FILE_NAME_INVALID', 'input.fileName', { fileName: '../../etc/passwd' }],
    ['FILE_NAME_INVALID', 'input.fileName', { fileName: 'a\r\nSet-Cookie: b.png' }],
    ['FILE_NAME_INVALID', 'input.fileName', { fileName: 'gnp.\u202Eexe' }],
    ['FILE_NAME_INVALID', 'input.fileName', { fileName: '图'.repeat(201) }],
  ])('refuses with %s at %s', async (reason, path, changed) => {
    const refusal = await refusalOf(service.write((tx) => createUpload(tx, anUpload(changed))));
    expect([refusal.code, refusal.reason, refusal.violations.map((one) => one.path)]).toEqual([
      'BAD_USER_INPUT',
      reason,
      [path],
    ]);
    expect(Object.keys(fileLabels.en)).toContain(`reason.${reason}`);
    expect(Object.keys(fileLabels['zh-CN'])).toContain(`reason.${reason}`);
  });

  it('names everything that is wrong at once', async () => {
    const wrong = anUpload({ contentType: 'text/html', bytes: -1, fileName: '/' });
    const refusal = await refusalOf(service.write((tx) => createUpload(tx, wrong)));
    expect(refusal.violations.map((one) => one.reason)).toEqual([
      'FILE_TYPE_NOT_ALLOWED',
      'FILE_EMPTY',
      'FILE_NAME_INVALID',
    ]);
  });
});

describe('requireUploaded', () => {
  it('answers uploaded files in the order asked for', async () => {
    const [first, second] = [await uploaded(), await uploaded()];
    const files = await service.write((tx) => requireUploaded(tx, [second, first], 'photo'));
    expect(files.map(({ id }) => id)).toEqual([second, first]);
    expect(files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses each file that is pending, of another purpose, unknown or no id at all, with its path', async () => {
    const pending = await service.write((tx) => createUpload(tx, anUpload()));
    const ids = [
      await uploaded(),
      pending.fileId,
      await uploaded({ purpose: 'signature' }),
      newId(),
      "'; drop table file",
    ];
    const refusal = await refusalOf(service.write((tx) => requireUploaded(tx, ids, 'photo', 'input.photoIds')));
    expect(refusal.violations).toEqual(
      [1, 2, 3, 4].map((index) => ({ path: `input.photoIds.${index}`, reason: 'FILE_NOT_UPLOADED' })),
    );
  });

  it("refuses another login's and another tenant's file as if it were not there; the system itself may use any", async () => {
    const fileId = await uploaded();
    const asked = (scope: Partial<Scope>): Promise<unknown> =>
      service.write((tx) => requireUploaded(tx, [fileId], 'photo'), scope);
    const other: Scope['actor'] = { kind: 'staff', id: newId(), sub: 'liang' };
    expect((await refusalOf(asked({ actor: other }))).reason).toBe('FILE_NOT_UPLOADED');
    expect((await refusalOf(asked({ tenantId: newId() }))).reason).toBe('FILE_NOT_UPLOADED');
    await expect(asked({ actor: { kind: 'system', id: null, sub: 'work-orders' } })).resolves.toHaveLength(1);
  });
});

describe('deleteExpiredUploads', () => {
  it('removes what was announced and never came, over all tenants, and nothing else', async () => {
    const { database, store, clock } = service;
    const kept = await uploaded();
    const expired = [
      await service.write((tx) => createUpload(tx, anUpload())),
      await service.write((tx) => createUpload(tx, anUpload()), { tenantId: newId() }),
    ];
    const cutOff = expired[0]?.fileId ?? '';
    await store.put(
      cutOff,
      (async function* () {
        yield aPng();
      })(),
    );
    clock.set(new Date(clock.now().getTime() + 10 * 60_000 + 1));
    const fresh = await service.write((tx) => createUpload(tx, anUpload()));
    expect(await deleteExpiredUploads(database, store)).toBeGreaterThanOrEqual(expired.length);
    expect(await deleteExpiredUploads(database, store)).toBe(0);
    expect(await store.get(cutOff)).toBeNull();
    expect(await store.get(kept)).not.toBeNull();
    const left = await service.write((tx) =>
      rows<{ id: string }>(tx, 'select id from file where id = any($1)', [[kept, fresh.fileId, cutOff]]),
    );
    expect(left.map(({ id }) => id).toSorted()).toEqual([kept, fresh.fileId].toSorted());
  });

  it('lets the system role see neither names nor uploaded files', async () => {
    await uploaded();
    const { system } = service.database;
    await expect(system.query('select name_sealed from file')).rejects.toThrow('permission denied');
    await expect(system.query('delete from file')).rejects.toThrow('permission denied');
    const { rows: seen } = await system.query(`select state from file where state <> 'PENDING'`);
    expect(seen).toEqual([]);
  });
});

describe('migrations', () => {
  it('go up, down and up again', async () => {
    const { dataSource, service: name } = service.database;
    const url = (dataSource.options as { url: string }).url;
    await migrateDown({ url, service: name, migrations: fileMigrations });
    expect(await migrate({ url, service: name, migrations: fileMigrations })).toHaveLength(fileMigrations.length);
  });
});
