/** One kind of request that clients send. */
export type LoadOperation = {
  query: string;
  /** Sent with an idempotency key and a code of its own each time; retried by nobody but the gateway. */
  command?: Record<string, unknown>;
};

/** What a load process is asked to do. */
export type LoadOrder = {
  url: string;
  token: string;
  operations: LoadOperation[];
  /** `closed`: each connection sends its next request when it has its answer; `open`: so many a second, come what may. */
  mode: 'closed' | 'open';
  connections: number;
  perSecond?: number;
  /** Until it is told to stop, unless given. */
  seconds?: number;
};

export type LoadResult = {
  seconds: number;
  sent: number;
  /** Answered whole: 200, and no errors. */
  good: number;
  /** Refused for load. */
  refused: number;
  /** Everything else, by what it was. */
  failed: Record<string, number>;
  goodCommands: number;
  /** From the moment at which a request was due, not from when it could be sent. */
  p50ms: number;
  p99ms: number;
  /** Of refusals. */
  refusedP99ms: number;
};
