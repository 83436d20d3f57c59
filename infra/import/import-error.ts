import type { Locale } from '@steward/core';

import { textOf, type TextKey, type TextParams } from './texts.ts';

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
  | 'SHEET_UNREADABLE'
  | 'COMMUNITY_UNKNOWN'
  | 'COMMUNITY_NEEDED'
  | 'TEMPLATE_NONE'
  | 'PERSON_NEEDED'
  | 'PERSON_UNKNOWN'
  | 'RECORD_TOO_LONG'
  | 'UNAUTHENTICATED'
  | 'GATEWAY_UNREACHABLE'
  | 'REFUSED';

type Options = ErrorOptions & {
  params?: TextParams;
  /** The text, where the reason has several. */
  text?: TextKey;
  refusals?: readonly string[];
};

/** Ends an import; rows that were taken before it stay taken and are not added again by the next run. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly reason: ImportFailure;
  /** The reasons that the platform gave, where it was the one that refused. */
  readonly refusals: readonly string[];
  readonly #text: TextKey;
  readonly #params: TextParams;

  constructor(reason: Extract<ImportFailure, TextKey>, options: Options);
  constructor(reason: ImportFailure, options: Options & { text: TextKey });
  constructor(reason: ImportFailure, { params = {}, text = reason as TextKey, refusals = [], ...options }: Options) {
    super(textOf('en', text, params), options);
    this.reason = reason;
    this.refusals = refusals;
    this.#text = text;
    this.#params = params;
  }

  /** The message in a language; `message` has it in English. */
  messageIn(locale: Locale): string {
    return textOf(locale, this.#text, this.#params);
  }
}
