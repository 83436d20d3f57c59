import { createHash } from 'node:crypto';

import { DomainError } from '@steward/core';

import { matchesContentType, signatureLength } from './file-policy.ts';

/** What was announced by `createUpload` and has to arrive. */
export type AnnouncedContent = { bytes: number; contentType: string };

/** A pass-through for content on its way into a store; its sha256 is known once the content has ended. */
export type VerifiedContent = { content: AsyncIterable<Uint8Array>; sha256(): string };

const sizeMismatch = (announced: AnnouncedContent): DomainError =>
  new DomainError('BAD_USER_INPUT', 'FILE_SIZE_MISMATCH', { params: { bytes: announced.bytes } });

async function* verifying(
  source: AsyncIterable<Uint8Array>,
  announced: AnnouncedContent,
  update: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  let seen = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of source) {
    seen += chunk.byteLength;
    if (seen > announced.bytes) throw sizeMismatch(announced);
    if (head.length < signatureLength) head = Buffer.concat([head, chunk.subarray(0, signatureLength)]);
    if (head.length >= signatureLength || seen === announced.bytes) assertContentType(head, announced);
    update(chunk);
    yield chunk;
  }
  if (seen < announced.bytes) throw sizeMismatch(announced);
}

function assertContentType(head: Uint8Array, { contentType }: AnnouncedContent): void {
  if (matchesContentType(head, contentType)) return;
  throw new DomainError('BAD_USER_INPUT', 'FILE_CONTENT_MISMATCH', { params: { contentType } });
}

/** Fails the stream with FILE_SIZE_MISMATCH or FILE_CONTENT_MISMATCH as soon as the content is not the announced one. */
export function verifyContent(source: AsyncIterable<Uint8Array>, announced: AnnouncedContent): VerifiedContent {
  const hash = createHash('sha256');
  return {
    content: verifying(source, announced, (chunk) => hash.update(chunk)),
    sha256: () => hash.digest('hex'),
  };
}

/** The sha256 of a whole content. */
export async function sha256Of(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}
