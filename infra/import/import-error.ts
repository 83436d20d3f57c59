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

  constructor(reason: ImportFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
