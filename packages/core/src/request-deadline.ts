/** The header by which a caller says how many milliseconds the answer is worth waiting for. */
export const DEADLINE_HEADER = 'x-steward-deadline-ms';

/** Until when somebody waits for the answer to a request. Real time, whatever the fake clock says. */
export type RequestDeadline = {
  /** Whole milliseconds; zero or less once nobody waits any more. */
  leftMs(): number;
};

export function requestDeadlineIn(milliseconds: number): RequestDeadline {
  const endsAt = performance.now() + milliseconds;
  return { leftMs: () => Math.floor(endsAt - performance.now()) };
}

/** The header's milliseconds; undefined without it, null where it says no such thing. */
export function askedDeadlineMs(header: string | undefined): number | null | undefined {
  if (header === undefined) return undefined;
  return /^[1-9]\d{0,8}$/.test(header) ? Number(header) : null;
}
