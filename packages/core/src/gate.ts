/** Gives the place back; a second time does nothing. */
export type Leave = () => void;

export type GateOptions = {
  /** So much may be under way at once. */
  most: number;
  /** So many may wait for a place, each so long at most. */
  waiting: number;
  waitMs: number;
};

/**
 * A bound on what is under way, with a short queue in front of it: whoever finds the queue full, or waits too long, is
 * refused, so that work that is too much costs nothing but the refusal.
 */
export type Gate = {
  /** Calls `go` with the way out once there is a place, and with nothing when there is none; at once where it can. */
  enter(go: (leave: Leave | undefined) => void, options?: { weight?: number; waitMs?: number }): void;
  /** The same as a promise. */
  entered(options?: { weight?: number; waitMs?: number }): Promise<Leave | undefined>;
  /** How much may be under way from now on; never more than the gate was made for. */
  narrow(most: number): void;
  underWay(): number;
  waiting(): number;
  /** How much may be under way now. */
  width(): number;
};

type Waiting = { weight: number; timer: NodeJS.Timeout; go: (leave: Leave | undefined) => void };

export function createGate({ most, waiting: longestQueue, waitMs: longestWait }: GateOptions): Gate {
  let [width, underWay] = [most, 0];
  const queue: Waiting[] = [];
  // Something larger than the gate passes when it is alone.
  const fits = (weight: number): boolean => underWay + weight <= width || underWay === 0;
  const admit = (weight: number): Leave => {
    let isInside = true;
    underWay += weight;
    return () => {
      if (!isInside) return;
      isInside = false;
      underWay -= weight;
      admitWaiting();
    };
  };
  const admitWaiting = (): void => {
    for (let next = queue[0]; next !== undefined && fits(next.weight); next = queue[0]) {
      queue.shift();
      clearTimeout(next.timer);
      next.go(admit(next.weight));
    }
  };
  const enter: Gate['enter'] = (go, { weight = 1, waitMs = longestWait } = {}) => {
    if (queue.length === 0 && fits(weight)) return go(admit(weight));
    const milliseconds = Math.min(waitMs, longestWait);
    if (queue.length >= longestQueue || milliseconds <= 0) return go(undefined);
    const giveUp = (): void => {
      queue.splice(queue.indexOf(entry), 1);
      go(undefined);
      // Whoever stood behind something large may fit.
      admitWaiting();
    };
    const entry: Waiting = { weight, go, timer: setTimeout(giveUp, milliseconds) };
    queue.push(entry);
  };
  return {
    enter,
    entered: (options) => new Promise((resolve) => enter(resolve, options)),
    narrow: (to) => {
      width = Math.min(most, to);
      admitWaiting();
    },
    underWay: () => underWay,
    waiting: () => queue.length,
    width: () => width,
  };
}
