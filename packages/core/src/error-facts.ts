import { DomainError } from './errors.ts';

type DatabaseError = Error & { code?: unknown; constraint?: unknown; table?: unknown; driverError?: DatabaseError };

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What may be logged and kept of an error: its kind and place, never its message, which can quote people's data. */
export type ErrorFacts = { error: string; code?: string | undefined; where?: string | undefined };

export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  if (error instanceof DomainError) return { error: error.reason, code: error.code };
  const cause = rootOf(error);
  const where = text(cause.constraint) ?? text(cause.table) ?? firstFrame(error);
  return { error: error.name, code: text(cause.code), where };
}

/** TypeORM wraps what the driver threw. */
const rootOf = (error: DatabaseError): DatabaseError => error.driverError ?? error;

/** The first line of the stack that is neither Node's nor a dependency's. */
function firstFrame(error: Error): string | undefined {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const own = frames.find((line) => !line.includes('node_modules') && !line.includes('node:')) ?? frames[0];
  return own?.trim().replace(/\(?(file:\/\/)?\/.*\/(?=[^/]+$)/, '');
}

/** 08 connection, 53 resources, 57P0x shut down or starting; and what the sockets and the pool say. */
const outageCodes = /^(08...|53...|57P0.|ECONN[A-Z]+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
const outageMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

/** Whether a server was away: nobody's fault, so nothing is parked for it and no attempt is counted. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const cause = rootOf(error);
  return outageCodes.test(text(cause.code) ?? '') || outageMessages.test(error.message);
}
