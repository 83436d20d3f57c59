/** A latch: a `notify` that comes before the `wait` is not lost. */
export class Wake {
  #notified = false;
  #resume: (() => void) | null = null;

  notify(): void {
    this.#notified = true;
    this.#resume?.();
  }

  /** Until the next `notify`, at most `milliseconds`. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#notified && milliseconds > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#resume = null;
    this.#notified = false;
  }
}

/** Sleeps, or returns at once when the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}

/** Doubles from `first` to `longest` milliseconds with each failure in a row. */
export const backoff = (failures: number, first: number, longest: number): number =>
  Math.min(longest, first * 2 ** Math.max(0, failures - 1));
