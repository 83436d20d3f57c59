import type { JsMsg } from '@nats-io/jetstream';

import { Wake } from '../pause.ts';

/** From one taking to the next, with a backlog at the broker and without; who comes after a pause is taken at once. */
export const gatherMilliseconds = { backlog: 20, trickle: 5 };

/** Messages that have arrived and wait to be worked off, in the order of delivery without a hole. */
export class Inbox {
  readonly #messages: JsMsg[] = [];
  readonly #wake = new Wake();
  #failure: Error | null = null;
  readonly #apart: Readonly<Record<'backlog' | 'trickle', number>>;
  #takenAt = performance.now();
  #expected: number;

  /** `delivered`: the durable's count of deliveries before the first message. */
  constructor(delivered: number, apart = gatherMilliseconds) {
    this.#expected = delivered + 1;
    this.#apart = apart;
  }

  push(message: JsMsg): void {
    const { deliverySequence } = message.info;
    if (deliverySequence !== this.#expected) {
      // One was lost on the way or went to somebody else: taking this one would overtake it.
      this.fail(new Error(`delivery ${deliverySequence} came instead of ${this.#expected}`));
    }
    this.#expected = deliverySequence + 1;
    if (this.#failure === null) this.#messages.push(message);
    this.#wake.notify();
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake.notify();
  }

  throwIfFailed(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  wake(): void {
    this.#wake.notify();
  }

  /**
   * Up to `limit` messages: those that are there, else the first to come, else none after `milliseconds`. Where more are
   * on their way it waits a little for them, as many together cost little more than one.
   */
  async take(limit: number, milliseconds: number): Promise<JsMsg[]> {
    if (this.#messages.length === 0 && this.#failure === null) await this.#wake.wait(milliseconds);
    for (let left = this.#gatherFor(limit); left > 0; left = this.#gatherFor(limit)) await this.#wake.wait(left);
    this.throwIfFailed();
    this.#takenAt = performance.now();
    return this.#messages.splice(0, limit);
  }

  /** For how many milliseconds it is worth waiting for more. */
  #gatherFor(limit: number): number {
    const last = this.#messages.at(-1);
    if (last === undefined || this.#messages.length >= limit || this.#failure !== null) return 0;
    const apart = last.info.pending > 0 ? this.#apart.backlog : this.#apart.trickle;
    return this.#takenAt + apart - performance.now();
  }
}
