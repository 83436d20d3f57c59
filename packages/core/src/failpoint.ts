/**
 * The steps between a request and the last of its effects, in their order: a command, the relay, a consumer. A process
 * that is stopped at one of them has done everything before it and nothing of it.
 */
export const failpoints = [
  'begin',
  'business-write',
  'outbox-insert',
  'commit',
  'reply',
  'lock-rows',
  'publish',
  'publish-ack',
  'mark-sent',
  'fetch',
  'position',
  'effect',
  'consumer-commit',
  'ack',
] as const;

export type Failpoint = (typeof failpoints)[number];

/** What a fault test asks of a process: stop at a step once it was passed `after` times, or go on from it. */
export type FailpointOrder = { failpoint: 'stop'; step: Failpoint; after: number } | { failpoint: 'go' };

/** What the process answers when it stands at the step. */
export type FailpointReport = { failpoint: 'stopped'; step: Failpoint };

type Environment = { STEWARD_FAILPOINTS?: string; NODE_ENV?: string };

/** Only for a process that a fault test has started with a channel to itself, never in production. */
const areOn = ({ STEWARD_FAILPOINTS, NODE_ENV }: Environment): boolean =>
  STEWARD_FAILPOINTS === '1' && NODE_ENV !== 'production' && process.send !== undefined;

/** Whoever arrives at the asked step waits there until told to go on; the rest of the process works on meanwhile. */
function stopWhereAsked(): (step: Failpoint) => Promise<void> {
  let asked: { step: Failpoint; after: number } | null = null;
  let release = (): void => undefined;
  const goOn = (): void => {
    asked = null;
    release();
  };
  process.on('message', (order: FailpointOrder) => {
    if (order.failpoint === 'stop') asked = { step: order.step, after: order.after };
    else if (order.failpoint === 'go') goOn();
  });
  process.once('disconnect', goOn);
  return async (step) => {
    if (asked?.step !== step) return;
    asked.after -= 1;
    if (asked.after >= 0) return;
    asked = null;
    const released = new Promise<void>((resolve) => (release = resolve));
    process.send?.({ failpoint: 'stopped', step } satisfies FailpointReport);
    await released;
  };
}

const passed = Promise.resolve();

/** A step at which a fault test may stop this process; nothing at all unless STEWARD_FAILPOINTS is set. */
export const failpoint: (step: Failpoint) => Promise<void> = areOn(process.env) ? stopWhereAsked() : () => passed;
