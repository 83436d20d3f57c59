/** Where a process gets its time from; everything below the context takes `now` as an argument. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved; backwards is refused so that no deadline can un-happen. */
export class FakeClock implements Clock {
  #now: Date;

  constructor(start: Date) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  set(to: Date): void {
    if (to < this.#now) throw new RangeError(`the clock cannot go back from ${this.#now.toISOString()}`);
    this.#now = new Date(to);
  }
}
