import type { Locale } from '@steward/core';

import { textOf, type TextKey, type TextParams } from './texts.ts';

/** What the user of a command did wrong or must do first, in one sentence. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** The same, in the language of whoever reads it. */
export class ToldError extends CommandError {
  override readonly name = 'ToldError';
  readonly #text: TextKey;
  readonly #params: TextParams;

  constructor(text: TextKey, params: TextParams = {}) {
    super(textOf('en', text, params));
    this.#text = text;
    this.#params = params;
  }

  in(locale: Locale): string {
    return textOf(locale, this.#text, this.#params);
  }
}
