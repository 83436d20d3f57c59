import type { Pool } from 'pg';

import { markSent, type Placed } from './delivery-rows.ts';

/** The marks of one window are written while the next one is on its way, and before anything is read again. */
export class Marks {
  stream: string;
  readonly #pool: Pool;
  #writing = Promise.resolve();

  constructor(pool: Pool, stream: string) {
    this.#pool = pool;
    this.stream = stream;
  }

  write(placed: readonly Placed[]): void {
    this.#writing = markSent(this.#pool, this.stream, placed);
    // Whoever waits for it hears of it; until then it is nobody's loose end.
    this.#writing.catch(() => undefined);
  }

  written(): Promise<void> {
    return this.#writing;
  }
}
