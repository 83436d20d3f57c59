import type { JsMsg } from '@nats-io/jetstream';

import { Wake } from '../pause.ts';

/** Messages that have arrived and wait to be worked off, in the order of delivery without a hole. */
export class Inbox {
  readonly #messages: JsMsg[] = [];
  readonly #wake = new Wake();
  #failure: Error | null = null;
  #expected: number;

  /** `delivered`: the durable's count of deliveries before the first message. */
  constructor(delivered: number) {
    this.#expected = delivered + 1;
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

  /** Up to `limit` messages: those that are there, else the first to come, else none after `milliseconds`. */
  async take(limit: number, milliseconds: number): Promise<JsMsg[]> {
    if (this.#messages.length === 0 && this.#failure === null) await this.#wake.wait(milliseconds);
    this.throwIfFailed();
    return this.#messages.splice(0, limit);
  }
}
