import { pino, type Logger } from 'pino';

import { errorFacts } from './error-facts.ts';

export type Log = Logger;

/** Fields that may carry personal data or secrets wherever they stand in a logged object. */
const redacted = [
  'name',
  'phone',
  'contactName',
  'contactPhone',
  'identityNumber',
  'email',
  'password',
  'token',
].flatMap((field) => [`*.${field}`, `input.${field}`]);

/**
 * A JSON logger that censors personal fields. An error under `err` is logged by its kind and place alone: a driver's
 * message, detail and parameters quote people's data.
 */
export const createLog = (options: { name: string; level: string }): Log =>
  pino({
    name: options.name,
    level: options.level,
    serializers: { err: errorFacts },
    redact: {
      paths: ['authorization', '*.authorization', '*["x-steward-identity"]', ...redacted],
      censor: '[redacted]',
    },
  });
