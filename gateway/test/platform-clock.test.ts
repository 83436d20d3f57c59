import { describe, expect, test } from '@jest/globals';
import { createPlatformClock, type Stillness, type TimedService } from '../src/platform-clock.ts';
import { RefusalError } from '../src/refusal.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 1, 8, minute));

type Timer = { minute: number; run?: () => void };

/** A service whose timers and messages are lists; `mail` is what it has yet to carry to its end. */
class FakeService implements TimedService {
  readonly name: string;
  readonly journal: string[];
  timers: Timer[] = [];
  mail: (() => void)[] = [];
  stands: Date;
  isStuck = false;
  lastFact = 0;

  constructor(name: string, journal: string[], minute = 0) {
    this.name = name;
    this.journal = journal;
    this.stands = at(minute);
  }

  now = async (): Promise<Date> => this.stands;
  earliest = async (until: Date): Promise<Date | null> => {
    const due = this.timers.map(({ minute }) => at(minute)).filter((time) => time <= until);
    return due.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
  };
  set = async (to: Date): Promise<void> => {
    if (to < this.stands) throw new Error(`${this.name} cannot go back`);
    this.stands = to;
  };
  runDue = async (): Promise<number> => {
    if (this.isStuck) return 0;
    const due = this.timers.filter(({ minute }) => at(minute) <= this.stands);
    this.timers = this.timers.filter((timer) => !due.includes(timer));
    for (const { minute, run } of due) {
      this.journal.push(`${this.name}:${minute}@${this.stands.getUTCMinutes()}`);
      run?.();
    }
    return due.length;
  };
  /** Delivers one message each time it is asked, as a consumer between two polls would. */
  stillness = async (): Promise<Stillness> => {
    const { lastFact } = this;
    const next = this.mail.shift();
    next?.();
    return { quiet: next === undefined, lastFact };
  };
}

function aPlatform(minuteOfB = 0) {
  const journal: string[] = [];
  const a = new FakeService('a', journal);
  const b = new FakeService('b', journal, minuteOfB);
  return { journal, a, b, clock: createPlatformClock([a, b], { quietMs: 200 }) };
}

const to = (minute: number) => (): Date => at(minute);
const reasonOf = (error: unknown): unknown => (error instanceof RefusalError ? error.refusal : error);

test('timers of all services run in the order of their time, each at its own time', async () => {
  const { a, b, clock, journal } = aPlatform();
  a.timers = [{ minute: 30 }, { minute: 10 }, { minute: 50 }];
  b.timers = [{ minute: 20 }, { minute: 30 }];
  expect(await clock.move(to(40))).toEqual({ now: at(40), timersRun: 4 });
  expect(journal).toEqual(['a:10@10', 'b:20@20', 'a:30@30', 'b:30@30']);
  expect([a.stands, b.stands]).toEqual([at(40), at(40)]);
  expect(await clock.move(to(50))).toEqual({ now: at(50), timersRun: 1 });
});

test('a timer due exactly at the target runs', async () => {
  const { a, clock } = aPlatform();
  a.timers = [{ minute: 40 }];
  expect((await clock.move(to(40))).timersRun).toBe(1);
});

test('what a timer causes elsewhere, by an event, is due in time', async () => {
  const { a, b, clock, journal } = aPlatform();
  const startInB = () => b.mail.push(() => b.timers.push({ minute: 15, run: () => a.timers.push({ minute: 17 }) }));
  a.timers = [{ minute: 10, run: () => a.mail.push(startInB) }, { minute: 20 }];
  expect(await clock.move(to(30))).toMatchObject({ timersRun: 4 });
  expect(journal).toEqual(['a:10@10', 'b:15@15', 'a:17@17', 'a:20@20']);
});

test('what was under way before the move happens before it', async () => {
  const { a, b, clock, journal } = aPlatform();
  a.mail = [() => b.timers.push({ minute: 5 })];
  a.timers = [{ minute: 6 }];
  await clock.move(to(10));
  expect(journal).toEqual(['b:5@5', 'a:6@6']);
});

test('a fact made between two quiet answers is carried to its end before the time moves on', async () => {
  const { a, b, clock, journal } = aPlatform();
  let looks = 0;
  // b works on a fact that reached it after its first answer, and tells a, which has just been asked, of another.
  b.stillness = async (): Promise<Stillness> => {
    looks += 1;
    if (looks === 2) {
      a.mail.push(() => a.timers.push({ minute: 5 }));
      b.lastFact += 1;
    }
    return { quiet: true, lastFact: b.lastFact };
  };
  await clock.move(to(10));
  expect(journal).toEqual(['a:5@5']);
});

test('a timer that is overdue runs at the present, not in the past', async () => {
  const { a, clock, journal } = aPlatform(20);
  a.timers = [{ minute: 10 }];
  await clock.move(to(30));
  expect(journal).toEqual(['a:10@20']);
});

test('services that stand at different times are brought to the latest', async () => {
  const { a, b, clock } = aPlatform(7);
  expect(await clock.move((now) => now)).toEqual({ now: at(7), timersRun: 0 });
  expect([a.stands, b.stands]).toEqual([at(7), at(7)]);
});

test('backwards is refused and moves nothing', async () => {
  const { a, b, clock } = aPlatform(20);
  await expect(clock.move(to(19)).catch(reasonOf)).resolves.toMatchObject({
    code: 'BAD_USER_INPUT',
    reason: 'CLOCK_BACKWARDS',
    params: { now: at(20).toISOString() },
  });
  expect([a.stands, b.stands]).toEqual([at(0), at(20)]);
});

test('moves asked for at once happen one after the other, each from where the last one ended', async () => {
  const { a, clock, journal } = aPlatform();
  a.timers = [5, 15, 25].map((minute) => ({ minute }));
  const later = (now: Date): Date => new Date(now.getTime() + 10 * 60_000);
  const moved = await Promise.all([clock.move(later), clock.move(to(1)).catch(reasonOf), clock.move(later)]);
  expect(moved).toMatchObject([
    { now: at(10), timersRun: 1 },
    { reason: 'CLOCK_BACKWARDS' },
    { now: at(20), timersRun: 1 },
  ]);
  expect(journal).toEqual(['a:5@5', 'a:15@15']);
});

describe('a platform that does not come to rest is named', () => {
  test('a timer that never runs', async () => {
    const { a, clock } = aPlatform();
    a.timers = [{ minute: 5 }];
    a.isStuck = true;
    await expect(clock.move(to(10)).catch(reasonOf)).resolves.toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'CLOCK_STUCK',
      params: { now: at(5).toISOString(), service: 'a' },
    });
  });

  test('messages without end', async () => {
    const { b, clock } = aPlatform();
    const again = (): void => void b.mail.push(again);
    b.mail = [again];
    await expect(clock.move(to(10)).catch(reasonOf)).resolves.toMatchObject({
      reason: 'CLOCK_STUCK',
      params: { service: 'b' },
    });
  });
});
