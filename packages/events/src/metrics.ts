type Labels = Record<string, string>;

/** Where figures go; the process that owns the registry implements it. Labels are names of services and states. */
export type Metrics = {
  /** Adds one to a counter. */
  inc(name: string, labels: Labels): void;
  /** Sets a gauge. */
  set(name: string, labels: Labels, value: number): void;
};

export const noMetrics: Metrics = { inc: () => undefined, set: () => undefined };

export function count(metrics: Metrics, name: string, labels: Labels, times: number): void {
  for (let left = times; left > 0; left -= 1) metrics.inc(name, labels);
}
