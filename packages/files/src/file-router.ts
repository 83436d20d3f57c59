import { pipeline } from 'node:stream/promises';

import { DomainError, interpolate, localeOf, type ErrorCode, type Log } from '@steward/core';
import type { Database, Scope } from '@steward/db';
import { Router, type Request, type Response } from 'express';

import { fileLabels } from './file-labels.ts';
import { nameWithEnding } from './file-policy.ts';
import { settingsOfDatabase } from './file-settings.ts';
import type { FileStore } from './file-store.ts';
import { readFileToken, type FileGrant } from './file-token.ts';
import { receiveUpload } from './receive-upload.ts';
import { findFile } from './stored-file.ts';

/** `database` must have been given to `bindFiles`. */
export type FileRouterOptions = { database: Database; store: FileStore; log: Log };

const statusOf: Partial<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
};

/** Time for a refused client to read the answer before its connection is cut. */
const lingerMs = 2_000;

function answerRefusal(request: Request, response: Response, refusal: DomainError): void {
  const locale = localeOf(request.headers['accept-language']);
  const text = fileLabels[locale][`reason.${refusal.reason}`] ?? refusal.reason;
  const message = interpolate(text, refusal.params);
  // What is left of a body is not read to its end only to keep the connection.
  response.set('Connection', 'close');
  response.status(statusOf[refusal.code] ?? 500).json({ code: refusal.code, reason: refusal.reason, message });
  if (request.readableEnded) return;
  request.resume();
  const cut = setTimeout(() => request.destroy(), lingerMs).unref();
  request.once('close', () => clearTimeout(cut));
}

function answerFailure(request: Request, response: Response, error: unknown, log: Log): void {
  if (request.destroyed && !request.complete) return log.debug({ err: error }, 'a transfer was given up by its client');
  if (response.headersSent) {
    log.warn({ err: error }, 'a file was not sent to its end');
    response.destroy();
    return;
  }
  if (error instanceof DomainError) return answerRefusal(request, response, error);
  log.error({ err: error }, 'a file transfer failed');
  answerRefusal(request, response, new DomainError('INTERNAL', 'INTERNAL'));
}

function declaredBytes(request: Request): number | null {
  if (request.headers['content-encoding'] !== undefined) {
    throw new DomainError('BAD_USER_INPUT', 'FILE_ENCODING_NOT_ALLOWED');
  }
  const length = request.headers['content-length'];
  return length === undefined ? null : Number(length);
}

/** Headers under which no browser shows, sniffs or caches a stranger's file as a page of ours. */
function setDownloadHeaders(response: Response, file: { name: string; contentType: string; bytes: number }): void {
  const name = encodeURIComponent(nameWithEnding(file.name, file.contentType)).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  response.set({
    'Content-Type': file.contentType,
    'Content-Length': String(file.bytes),
    'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, no-store',
    'Referrer-Policy': 'no-referrer',
  });
}

/**
 * `PUT /files/<service>/upload/<token>` and `GET /files/<service>/download/<token>`. The token is the credential and
 * names the file; nothing in a URL is ever part of a path in the store. Mount it before any body parser.
 */
export function fileRouter({ database, store, log }: FileRouterOptions): Router {
  const { service, signingKeys, clock, names } = settingsOfDatabase(database);

  const granted = (operation: FileGrant['operation'], token: unknown): { scope: Scope; fileId: string } => {
    const now = clock.now();
    const read = readFileToken(String(token), now, signingKeys);
    if (read === null || read.grant.operation !== operation || read.grant.service !== service) {
      throw new DomainError('FORBIDDEN', 'FILE_LINK_INVALID');
    }
    if (read.isExpired) throw new DomainError('FORBIDDEN', 'FILE_LINK_EXPIRED');
    const { tenantId, fileId } = read.grant;
    return { fileId, scope: { tenantId, now, actor: { kind: 'system', id: null, sub: 'files' } } };
  };

  const upload = async (request: Request, response: Response): Promise<void> => {
    const { scope, fileId } = granted('upload', request.params.token);
    const source = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const content = { source, declaredBytes: declaredBytes(request) };
    const { id, contentType, bytes, sha256 } = await receiveUpload({ database, store }, scope, fileId, content);
    response.json({ id, contentType, bytes, sha256 });
  };

  const download = async (request: Request, response: Response): Promise<void> => {
    const { scope, fileId } = granted('download', request.params.token);
    const file = await database.read(scope, (tx) => findFile(tx, fileId));
    if (file?.state === 'ERASED') throw new DomainError('NOT_FOUND', 'FILE_ERASED');
    if (file?.state !== 'UPLOADED') throw new DomainError('NOT_FOUND', 'FILE_NOT_FOUND');
    const content = await store.get(fileId);
    if (content === null) throw new Error(`the store has lost the file ${fileId}`);
    setDownloadHeaders(response, { ...file, name: names.open(scope.tenantId, file.nameSealed) });
    await pipeline(content, response);
  };

  const handled =
    (handler: typeof upload) =>
    (request: Request, response: Response): Promise<void> =>
      handler(request, response).catch((error: unknown) => answerFailure(request, response, error, log));

  return Router()
    .put(`/files/${service}/upload/:token`, handled(upload))
    .get(`/files/${service}/download/:token`, handled(download));
}
