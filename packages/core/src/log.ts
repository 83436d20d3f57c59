import { pino, type Logger } from 'pino';

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

/** A JSON logger that censors personal fields; errors are logged by type and stack, requests by id. */
export const createLog = (options: { name: string; level: string }): Log =>
  pino({
    name: options.name,
    level: options.level,
    redact: {
      paths: ['authorization', '*.authorization', '*["x-steward-identity"]', ...redacted],
      censor: '[redacted]',
    },
  });
