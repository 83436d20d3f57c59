/** How a call to a service ended without an answer. */
export type FailureKind =
  /** Nobody listened there, so nothing was sent. */
  | 'notSent'
  /** The connection broke before an answer: the server stopped, or closed it while it was idle. */
  | 'broken'
  /** Its own time limit is over. */
  | 'late'
  /** The request's deadline is over. */
  | 'deadline'
  /** The client has gone. */
  | 'left'
  /** Too many calls to it are under way. */
  | 'busy'
  /** It failed too often of late and is not asked. */
  | 'open'
  | 'nonsense';

/** A word for the log; messages of network errors carry addresses and are left out. */
export function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return [code, name].find((word) => typeof word === 'string') ?? 'unknown';
}

const nobodyThere = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
const brokenConnection = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

export class SubgraphFailure extends Error {
  readonly kind: FailureKind;
  readonly code: string;
  /** Whether it speaks against the service's health. */
  readonly counts: boolean;

  constructor(kind: FailureKind, { code, counts = true }: { code?: string; counts?: boolean } = {}) {
    super(kind);
    this.kind = kind;
    this.code = code ?? kind;
    this.counts = counts && kind !== 'left' && kind !== 'busy' && kind !== 'open';
  }
}

/** What a network error means. */
export function failureOf(error: unknown): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const code = codeOf(error);
  if (nobodyThere.has(code)) return new SubgraphFailure('notSent', { code });
  return new SubgraphFailure(brokenConnection.has(code) ? 'broken' : 'nonsense', { code });
}
