type Labels = Record<string, string>;

/** Where figures go; the process that owns the registry implements it. Labels are names of services and states. */
export type Metrics = {
  /** Adds `amount`, 1 when absent, to a counter. */
  inc(name: string, labels: Labels, amount?: number): void;
  /** Sets a gauge. */
  set(name: string, labels: Labels, value: number): void;
};

export const noMetrics: Metrics = { inc: () => undefined, set: () => undefined };

export function count(metrics: Metrics, name: string, labels: Labels, times: number): void {
  if (times > 0) metrics.inc(name, labels, times);
}
