/** Why a file as a whole cannot be imported, or not any further. */
export type ImportFailure =
  | 'USAGE'
  | 'KIND_UNKNOWN'
  | 'FILE_UNREADABLE'
  | 'FILE_EMPTY'
  | 'ENCODING'
  | 'HEADER_COLUMNS_MISSING'
  | 'HEADER_COLUMNS_REPEATED'
  | 'QUOTES'
  | 'RECORD_TOO_LONG'
  | 'UNAUTHENTICATED'
  | 'GATEWAY_UNREACHABLE'
  | 'REFUSED';

/** Ends an import; rows that were taken before it stay taken and are not added again by the next run. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly reason: ImportFailure;
  /** The reasons that the platform gave, where it was the one that refused. */
  readonly refusals: readonly string[];

  constructor(reason: ImportFailure, message: string, options: ErrorOptions & { refusals?: readonly string[] } = {}) {
    super(message, options);
    this.reason = reason;
    this.refusals = options.refusals ?? [];
  }
}
