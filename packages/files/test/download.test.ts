import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';

import {
  createUpload,
  eraseFiles,
  fileUrl,
  fileView,
  fileViews,
  forgetFileNames,
  removalOfErased,
} from '../src/index.ts';
import { signFileToken, type FileGrant } from '../src/file-token.ts';
import { aPng, signingKeys, startScratchService, type ScratchService } from './scratch-service.ts';

let service: ScratchService;
beforeAll(async () => {
  service = await startScratchService();
});
afterAll(() => service.stop());

async function uploaded(fileName = '漏水 (1).png'): Promise<string> {
  const { fileId, uploadUrl } = await service.write((tx) =>
    createUpload(tx, { purpose: 'photo', contentType: 'image/png', bytes: 2_000, fileName }),
  );
  await fetch(service.url + uploadUrl, { method: 'PUT', body: aPng() });
  return fileId;
}

const urlOf = (fileId: string): Promise<string> => service.write(async (tx) => fileUrl(tx, fileId));

const get = async (path: string): Promise<unknown> => {
  const response = await fetch(service.url + path);
  const body = (await response.json()) as { reason: string };
  return [response.status, body.reason];
};

describe('GET of an uploaded file', () => {
  it('sends the bytes as an attachment that no browser will treat as a page', async () => {
    const fileId = await uploaded();
    const view = await service.write((tx) => fileView(tx, fileId));
    const response = await fetch(service.url + view?.url);
    expect(Buffer.from(await response.arrayBuffer()).equals(aPng())).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': '2000',
      'content-disposition': "attachment; filename*=UTF-8''%E6%BC%8F%E6%B0%B4%20%281%29.png",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it('saves a picture that calls itself a page as a picture', async () => {
    const response = await fetch(service.url + (await urlOf(await uploaded('page.html'))));
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''page.html.png");
  });

  it('works for ten minutes', async () => {
    const url = await urlOf(await uploaded());
    service.clock.set(new Date(service.clock.now().getTime() + 10 * 60_000 - 1));
    expect((await fetch(service.url + url)).status).toBe(200);
    service.clock.set(new Date(service.clock.now().getTime() + 1));
    expect(await get(url)).toEqual([403, 'FILE_LINK_EXPIRED']);
  });
});

describe('GET is refused', () => {
  const inTenMinutes = (): Date => new Date(service.clock.now().getTime() + 600_000);
  const tokenFor = (changed: Partial<FileGrant>): string =>
    signFileToken(
      { operation: 'download', service: 'work-orders', tenantId: service.tenantId, fileId: newId(), ...changed },
      inTenMinutes(),
      signingKeys,
    );

  it('for a file that was announced and never came', async () => {
    const { fileId } = await service.write((tx) =>
      createUpload(tx, { purpose: 'photo', contentType: 'image/png', bytes: 9, fileName: 'a.png' }),
    );
    expect(await get(await urlOf(fileId))).toEqual([404, 'FILE_NOT_FOUND']);
  });

  it("with a grant of another tenant, although its signature is right: the row is not that tenant's", async () => {
    const token = tokenFor({ fileId: await uploaded(), tenantId: newId() });
    expect(await get(`/files/work-orders/download/${token}`)).toEqual([404, 'FILE_NOT_FOUND']);
  });

  it('with a grant of another service or of the other operation', async () => {
    const fileId = await uploaded();
    for (const changed of [{ service: 'hr' }, { operation: 'upload' as const }]) {
      const token = tokenFor({ fileId, ...changed });
      expect(await get(`/files/work-orders/download/${token}`)).toEqual([403, 'FILE_LINK_INVALID']);
    }
  });

  it.each(['..%2f..%2f..%2fetc%2fpasswd', '%00', 'x', '..%5c..', encodeURIComponent('a|b|c|d|9999999999999')])(
    'for the made-up token %s',
    async (token) => {
      expect(await get(`/files/work-orders/download/${token}`)).toEqual([403, 'FILE_LINK_INVALID']);
    },
  );
});

describe('fileViews', () => {
  it('answers many in one statement and leaves out what never came', async () => {
    const [first, second] = [await uploaded(), await uploaded()];
    const views = await service.write((tx) => fileViews(tx, [first, newId(), second]));
    expect([...views.keys()].toSorted()).toEqual([first, second].toSorted());
    expect(await service.write((tx) => fileViews(tx, []))).toEqual(new Map());
  });

  it('shows no tenant the files of another', async () => {
    const fileId = await uploaded();
    expect(await service.write((tx) => fileView(tx, fileId), { tenantId: newId() })).toBeNull();
  });
});

describe('a file that is erased', () => {
  it('is given to nobody from then on, and its bytes go as often as it takes', async () => {
    const { store } = service;
    const [fileId, kept] = [await uploaded('王芳.png'), await uploaded()];
    const url = await urlOf(fileId);
    const erase = (tenantId: string): Promise<string[]> =>
      service.write((tx) => eraseFiles(tx, [fileId, newId()]), { tenantId });
    expect(await erase(newId())).toEqual([]);
    expect(await erase(service.tenantId)).toEqual([fileId]);
    expect(await erase(service.tenantId)).toEqual([]);
    expect(await get(url)).toEqual([404, 'FILE_ERASED']);
    expect(await service.write((tx) => fileView(tx, fileId))).toBeNull();
    expect(await store.get(fileId)).not.toBeNull();
    const cutOff = await service.write(removalOfErased);
    await cutOff?.carryOut();
    expect(await store.get(fileId)).toBeNull();
    const again = await service.write(removalOfErased);
    await again?.carryOut();
    await service.write(async (tx) => again?.keep(tx));
    expect(await service.write(removalOfErased)).toBeNull();
    expect(await store.get(kept)).not.toBeNull();
  });

  it('takes nothing in again through the link that it came by', async () => {
    const announced = { purpose: 'photo', contentType: 'image/png', bytes: 2_000, fileName: 'a.png' };
    const { fileId, uploadUrl } = await service.write((tx) => createUpload(tx, announced));
    const put = (): Promise<Response> => fetch(service.url + uploadUrl, { method: 'PUT', body: aPng() });
    expect((await put()).status).toBe(200);
    await service.write((tx) => eraseFiles(tx, [fileId]));
    await (await service.write(removalOfErased))?.carryOut();
    const refused = await put();
    expect([refused.status, ((await refused.json()) as { reason: string }).reason]).toEqual([404, 'FILE_ERASED']);
    expect(await service.store.get(fileId)).toBeNull();
  });

  it('loses its name alone where its content has to be kept', async () => {
    const fileId = await uploaded('王芳.png');
    await service.write((tx) => forgetFileNames(tx, [fileId]));
    expect(await service.write((tx) => fileView(tx, fileId))).toMatchObject({ name: 'file', bytes: 2_000 });
    const response = await fetch(service.url + (await urlOf(fileId)));
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''file.png");
    expect(Buffer.from(await response.arrayBuffer()).equals(aPng())).toBe(true);
  });
});
