import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '@steward/db';

import { createUpload, fileView, memoryFileStore, type FileStore, type Upload } from '../src/index.ts';
import { aPng, startScratchService, type ScratchService } from './scratch-service.ts';

let service: ScratchService;
let beforePut: () => Promise<void> = async () => undefined;
let afterPut: () => Promise<void> = async () => undefined;

/** The store of the tests, with a place to let something happen around a put. */
function interruptible(inner: FileStore): FileStore {
  return {
    ...inner,
    put: async (id, content) => {
      await beforePut();
      const isFirst = await inner.put(id, content);
      await afterPut();
      return isFirst;
    },
  };
}

beforeAll(async () => {
  service = await startScratchService(interruptible(memoryFileStore()));
});
afterAll(() => service.stop());

const announce = (changed: { bytes?: number; contentType?: string } = {}): Promise<Upload> =>
  service.write((tx) =>
    createUpload(tx, { purpose: 'photo', contentType: 'image/png', bytes: 2_000, fileName: '漏水.png', ...changed }),
  );

const put = (uploadUrl: string, body: Buffer<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(service.url + uploadUrl, { method: 'PUT', body, headers });

const stateOf = async (id: string): Promise<unknown[]> =>
  service.write((tx) => rows(tx, 'select state, sha256 from file where id = $1', [id]));

const reasonOf = async (response: Response): Promise<unknown> => {
  const body = (await response.json()) as { reason: string };
  return [response.status, body.reason];
};

/** A PUT whose length is not declared. */
const putChunked = (uploadUrl: string, body: Buffer): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(service.url + uploadUrl, { method: 'PUT' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.write(body.subarray(0, 1000));
    request.end(body.subarray(1000));
  });

describe('PUT of an announced file', () => {
  it('keeps the bytes and records size and sha256', async () => {
    const { fileId, uploadUrl } = await announce();
    const response = await put(uploadUrl, aPng());
    const sha256 = createHash('sha256').update(aPng()).digest('hex');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: fileId, contentType: 'image/png', bytes: 2_000, sha256 });
    expect(await service.write((tx) => fileView(tx, fileId))).toMatchObject({ id: fileId, name: '漏水.png', sha256 });
  });

  it('takes a content without a declared length', async () => {
    const { uploadUrl } = await announce();
    expect(await putChunked(uploadUrl, aPng())).toBe(200);
  });

  it('answers a repeated PUT of the same bytes alike and refuses other bytes', async () => {
    const { uploadUrl } = await announce();
    const first = await (await put(uploadUrl, aPng())).json();
    expect(await (await put(uploadUrl, aPng())).json()).toEqual(first);
    expect(await reasonOf(await put(uploadUrl, aPng(2_000, 8)))).toEqual([409, 'FILE_ALREADY_UPLOADED']);
  });

  it('finishes an attempt that was cut off between the store and the row', async () => {
    const { fileId, uploadUrl } = await announce();
    afterPut = () => Promise.reject(new Error('the process died here'));
    expect((await put(uploadUrl, aPng())).status).toBe(500);
    expect(await stateOf(fileId)).toEqual([{ state: 'PENDING', sha256: null }]);
    afterPut = async () => undefined;
    expect(await reasonOf(await put(uploadUrl, aPng(2_000, 8)))).toEqual([409, 'FILE_ALREADY_UPLOADED']);
    expect((await put(uploadUrl, aPng())).status).toBe(200);
  });

  it('lets one of several simultaneous contents win, and its digest is the recorded one', async () => {
    const { fileId, uploadUrl } = await announce();
    const contents = [1, 2, 3, 4].map((filling) => aPng(2_000, filling));
    const answers = await Promise.all(contents.map((content) => put(uploadUrl, content)));
    const winner = answers.findIndex((answer) => answer.status === 200);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    const sha256 = createHash('sha256')
      .update(contents[winner] as Buffer)
      .digest('hex');
    expect(await stateOf(fileId)).toEqual([{ state: 'UPLOADED', sha256 }]);
  });

  it('keeps nothing of a file that was removed while its bytes were under way', async () => {
    const { fileId, uploadUrl } = await announce();
    beforePut = () => service.write(async (tx) => void (await rows(tx, 'delete from file where id = $1', [fileId])));
    expect(await reasonOf(await put(uploadUrl, aPng()))).toEqual([403, 'FILE_LINK_EXPIRED']);
    beforePut = async () => undefined;
    expect(await service.store.get(fileId)).toBeNull();
  });
});

describe('PUT is refused', () => {
  const cases: [string, Buffer<ArrayBuffer>, Record<string, string>, unknown][] = [
    ['with fewer bytes', aPng(1_999), {}, [400, 'FILE_SIZE_MISMATCH']],
    ['with more bytes', aPng(2_001), {}, [400, 'FILE_SIZE_MISMATCH']],
    ['with another kind of content', Buffer.alloc(2_000, '<script>'), {}, [400, 'FILE_CONTENT_MISMATCH']],
    ['with a content encoding', aPng(), { 'content-encoding': 'gzip' }, [400, 'FILE_ENCODING_NOT_ALLOWED']],
  ];
  it.each(cases)('%s, and the retry with the right bytes is taken', async (_name, body, headers, refusal) => {
    const { fileId, uploadUrl } = await announce();
    expect(await reasonOf(await put(uploadUrl, body, headers))).toEqual(refusal);
    expect(await service.store.get(fileId)).toBeNull();
    expect((await put(uploadUrl, aPng())).status).toBe(200);
  });

  it('when an undeclared length goes on and on, without reading to its end', async () => {
    const { fileId, uploadUrl } = await announce();
    expect(await putChunked(uploadUrl, aPng(5_000_000))).toBe(400);
    expect(await service.store.get(fileId)).toBeNull();
  });

  it('in the language of the client', async () => {
    const { uploadUrl } = await announce();
    const chinese = await (await put(uploadUrl, aPng(10))).json();
    const english = await (await put(uploadUrl, aPng(10), { 'accept-language': 'en' })).json();
    expect(chinese).toEqual({
      code: 'BAD_USER_INPUT',
      reason: 'FILE_SIZE_MISMATCH',
      message: '文件大小与申报的 2000 字节不符',
    });
    expect(english).toMatchObject({ message: 'The content does not have the announced size of 2000 bytes' });
  });

  it('without stack, path or host when something fails inside', async () => {
    const { uploadUrl } = await announce();
    beforePut = () => Promise.reject(new Error('EIO at /var/lib/files'));
    const response = await put(uploadUrl, aPng(), { 'accept-language': 'en' });
    beforePut = async () => undefined;
    expect([response.status, await response.json()]).toEqual([
      500,
      { code: 'INTERNAL', reason: 'INTERNAL', message: 'Internal error' },
    ]);
  });

  it('after ten minutes, and in the last second it is not', async () => {
    const [early, late] = [await announce(), await announce()];
    service.clock.set(new Date(early.expiresAt.getTime() - 1));
    expect((await put(early.uploadUrl, aPng())).status).toBe(200);
    service.clock.set(late.expiresAt);
    expect(await reasonOf(await put(late.uploadUrl, aPng()))).toEqual([403, 'FILE_LINK_EXPIRED']);
  });
});
