import { baseConfig } from '@steward/core';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

/** What every service reads from its environment; a service extends it with its own variables. */
export const serviceConfig = baseConfig.extend({
  /** The owner's login of the service's own database. */
  DATABASE_URL: z.url(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  /** How long a transaction waits for one of them before it is refused as UNAVAILABLE. */
  DATABASE_WAIT_MS: z.coerce.number().int().min(1).max(60_000).default(900),
  NATS_URL: z.string().min(1),
  /** First word of every subject and stream; installations that share a broker differ in it. */
  NATS_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('steward'),
  /** JWK set with the gateway's public keys. */
  IDENTITY_PUBLIC_KEYS: z.string().transform((text, ctx) => {
    try {
      return JSON.parse(text) as JSONWebKeySet;
    } catch {
      ctx.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  }),
  /** `1:<base64 of 32 bytes>,2:...`: master keys of the field encryption by version. */
  FIELD_KEYS: z.string().min(1),
  FILE_SIGNING_KEY: z.string().min(32),
  FILES_DIR: z.string().min(1),
  /** Where the embedded notification channel writes messages. */
  OUTGOING_DIR: z.string().min(1),
  /** Where a fake clock stands when the database remembers no other instant. */
  STEWARD_FAKE_CLOCK_START: z.iso.datetime().optional(),
});

export type ServiceConfig = z.infer<typeof serviceConfig>;
