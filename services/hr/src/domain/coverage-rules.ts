/** A time in milliseconds, half-open. */
export type Span = { from: number; to: number };

/** A time at which fewer are there than wanted, and how many. */
export type CoverageGap = Span & { count: number };

/**
 * Where fewer than `least` of the spans cover the window; empty proves that every instant of it is covered. Sorts the
 * beginnings and the ends once and walks along both, so it takes n log n for n spans.
 */
export function coverageGaps(spans: readonly Span[], window: Span, least: number): CoverageGap[] {
  const inside = spans.filter(({ from, to }) => from < window.to && to > window.from && from < to);
  const starts = inside.map(({ from }) => Math.max(from, window.from)).sort((a, b) => a - b);
  const ends = inside.map(({ to }) => Math.min(to, window.to)).sort((a, b) => a - b);
  const gaps: CoverageGap[] = [];
  let [started, ended, at] = [0, 0, window.from];
  while (at < window.to) {
    while (started < starts.length && (starts[started] as number) <= at) started += 1;
    while (ended < ends.length && (ends[ended] as number) <= at) ended += 1;
    const next = Math.min(starts[started] ?? window.to, ends[ended] ?? window.to, window.to);
    const count = started - ended;
    if (count < least) addGap(gaps, { from: at, to: next, count });
    at = next;
  }
  return gaps;
}

/** Neighbours of the same count are one gap. */
function addGap(gaps: CoverageGap[], gap: CoverageGap): void {
  const last = gaps.at(-1);
  if (last !== undefined && last.to === gap.from && last.count === gap.count) last.to = gap.to;
  else gaps.push(gap);
}
