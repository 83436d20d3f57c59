import type { Platform } from './platform.ts';
import type { Deadline, Repair, RepairSteps, SeenOrder } from './repair-story.ts';

/** A Friday in New York, 9:00; the clocks there go forward on the Sunday after. */
export const friday = '2026-03-06T14:00:00Z';
/** 24:00 of the second day after the Friday, in summer time. */
export const sundayMidnight = '2026-03-09T04:00:00.000Z';
const saturday = '2026-03-07T14:00:00Z';
/** 24:00 of the third day after the Saturday. */
export const tuesdayMidnight = '2026-03-11T04:00:00.000Z';

/** A repair with what it is about. */
export type KnownRepair = Repair & { problemCode: string };

export type Story = Record<'stairs' | 'leak' | 'door' | 'badDoor' | 'forgottenDoor', Repair>;

/** Finds the parts of the story among real requests. */
export function castStory(repairs: readonly KnownRepair[]): Story {
  const ofProblem = (code: string): KnownRepair[] => repairs.filter(({ problemCode }) => problemCode === code);
  const [stairs] = ofProblem('STAIRS_OR_RAILING');
  const [leak] = ofProblem('PIPE_LEAK');
  const [door, badDoor, forgottenDoor] = ofProblem('DOOR');
  if (!stairs || !leak || !door || !badDoor || !forgottenDoor) throw new Error('the file lacks a repair of the story');
  return { stairs, leak, door, badDoor, forgottenDoor };
}

/** What was seen of an order's return visit: while its last instant had not passed, and afterwards. */
type Visited = { atDue: Deadline | undefined; before: SeenOrder; after: SeenOrder };
export type Seen = Record<keyof Story, Visited> & {
  leakUntested: SeenOrder;
  forgottenLate: SeenOrder;
  reworked: SeenOrder;
};

/** Friday: everything is repaired, what can be accepted is accepted. */
async function repairAll(steps: RepairSteps, story: Story): Promise<SeenOrder> {
  for (const repair of Object.values(story)) {
    await steps.locate(repair);
    await steps.dispatch(repair);
    await steps.repair(repair);
    if (repair !== story.leak) await steps.accept(repair);
  }
  return steps.look(story.leak);
}

async function visitAt(
  steps: RepairSteps,
  repair: Repair,
  outcome: 'SATISFIED' | 'UNSATISFIED' | null,
): Promise<Visited> {
  const before = await steps.look(repair);
  const atDue = await steps.visitClock(repair);
  if (outcome !== null) await steps.visit(repair, outcome);
  return { atDue, before, after: await steps.look(repair) };
}

/** Plays five repairs from Friday to the Wednesday after, and keeps what was to be seen on the way. */
export async function playWeek(platform: Platform, steps: RepairSteps, story: Story): Promise<Seen> {
  const leakUntested = await repairAll(steps, story);
  await platform.moveClock({ set: saturday });
  await steps.testWater(story.leak);
  await steps.accept(story.leak);
  await platform.moveClock({ set: sundayMidnight });
  const stairs = await visitAt(steps, story.stairs, 'SATISFIED');
  const door = await visitAt(steps, story.door, 'SATISFIED');
  const badDoor = await visitAt(steps, story.badDoor, 'UNSATISFIED');
  const forgottenDoor = await visitAt(steps, story.forgottenDoor, null);
  await platform.moveClock({ advance: 'PT1S' });
  const forgottenLate = await steps.look(story.forgottenDoor);
  await steps.visit(story.forgottenDoor, 'SATISFIED');
  await steps.repair(story.badDoor);
  await steps.accept(story.badDoor);
  await steps.visit(story.badDoor, 'SATISFIED');
  const reworked = await steps.look(story.badDoor);
  await platform.moveClock({ set: tuesdayMidnight });
  const leak = await visitAt(steps, story.leak, 'SATISFIED');
  return { stairs, door, badDoor, forgottenDoor, leak, leakUntested, forgottenLate, reworked };
}
