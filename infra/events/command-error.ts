/** What the user of a command did wrong or must do first, in one sentence. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
