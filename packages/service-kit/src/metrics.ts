import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';

export type MetricLabels = Record<string, string>;

/** Counters and gauges by name; labels are codes and ids of services, never of persons. */
export type Metrics = {
  /** Adds `amount`, 1 when absent, to a counter. */
  inc(name: string, labels?: MetricLabels, amount?: number): void;
  set(name: string, labels: MetricLabels, value: number): void;
  text(): Promise<string>;
};

/** A registry of its own per service, so that several share a process. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const common = (name: string, labels: MetricLabels) => ({
    name,
    help: name.replaceAll('_', ' '),
    labelNames: Object.keys(labels),
    registers: [registry],
  });
  return {
    inc: (name, labels = {}, amount = 1) => {
      const counter = counters.get(name) ?? new Counter(common(name, labels));
      counters.set(name, counter);
      counter.inc(labels, amount);
    },
    set: (name, labels, value) => {
      const gauge = gauges.get(name) ?? new Gauge(common(name, labels));
      gauges.set(name, gauge);
      gauge.set(labels, value);
    },
    text: () => registry.metrics(),
  };
}
