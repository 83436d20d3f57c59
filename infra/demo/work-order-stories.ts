import type { CommunityPlan } from './communities.ts';
import type { Estate, PlaceRow } from './estate.ts';
import type { Neighbourhood, Occupant } from './households.ts';
import { repairTexts, type RepairText } from './repair-texts.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';
import type { StaffRow } from './staff.ts';

/** How far a story is told; those of the past go to their end. */
export type StoryEnd =
  'RECEIVED' | 'ASSIGNED' | 'ON_SITE' | 'PAUSED' | 'COMPLETED' | 'ACCEPTED' | 'CLOSED' | 'CANCELLED';

/** One order from the call to the return visit; a time that is still to come has not happened. */
export type Story = {
  /** The same in every run of the demo. */
  name: string;
  repair: RepairText;
  description: string;
  channelCode: string;
  place: PlaceRow;
  occupant: Occupant | null;
  workerId: string;
  end: StoryEnd;
  isReworked: boolean;
  rating: number;
  receivedAt: Date;
  arrivedAt: Date;
  completedAt: Date;
  testedAt: Date;
  visitedAt: Date;
  acceptedAt: Date;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const daysOfHistory = 90;

const channels = ['PHONE', 'PHONE', 'PHONE', 'APP', 'WEB', 'VISIT', 'NIGHT_DESK'];

/** So many orders of the last hours stand in each state, whatever the chances say. */
const openStories: readonly [StoryEnd, number][] = [
  ['RECEIVED', 5],
  ['ASSIGNED', 5],
  ['ON_SITE', 3],
  ['PAUSED', 2],
  ['COMPLETED', 5],
  ['ACCEPTED', 4],
];

function pickRepair(random: SeededRandom): RepairText {
  const total = repairTexts.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.int(1, total);
  return repairTexts.find(({ weight }) => (left -= weight) <= 0) ?? random.pick(repairTexts);
}

export type Setting = { estate: Estate; neighbourhood: Neighbourhood; staff: readonly StaffRow[] };

/** Where it happens, and for whom; nobody's flat is a common area. */
function sceneOf(
  random: SeededRandom,
  repair: RepairText,
  { estate, neighbourhood }: Setting,
): Pick<Story, 'place' | 'occupant'> {
  if (repair.where === 'FLAT') {
    const occupant = random.pick(neighbourhood.occupants);
    return { place: occupant.place, occupant };
  }
  return { place: random.pick(estate.commonAreas.filter(({ code }) => code === repair.where)), occupant: null };
}

/** The ids of those who are fit for a trade. */
export const workersFor = (staff: readonly StaffRow[], tradeCode: string): string[] =>
  staff.filter(({ tradeCodes }) => tradeCodes.includes(tradeCode)).map(({ id }) => id);

type Times = Pick<Story, 'receivedAt' | 'arrivedAt' | 'completedAt' | 'testedAt' | 'visitedAt' | 'acceptedAt'>;

/** Return visits are made within two days of the completion, those of leaks within three of the water test. */
function timesFrom(random: SeededRandom, receivedAt: Date): Times {
  const after = (from: Date, leastHours: number, mostHours: number): Date =>
    new Date(from.getTime() + random.int(leastHours * 60, mostHours * 60) * 60_000);
  const arrivedAt = after(receivedAt, 0.5, 20);
  const completedAt = after(arrivedAt, 0.5, 3);
  const testedAt = after(completedAt, 20, 30);
  return {
    receivedAt,
    arrivedAt,
    completedAt,
    testedAt,
    visitedAt: after(testedAt, 1, 12),
    acceptedAt: after(testedAt, 13, 16),
  };
}

function aStory(random: SeededRandom, setting: Setting, about: { name: string; times: Times; end: StoryEnd }): Story {
  const repair = pickRepair(random);
  return {
    name: about.name,
    repair,
    description: random.pick(repair.texts),
    channelCode: random.pick(channels),
    ...sceneOf(random, repair, setting),
    workerId: random.pick(workersFor(setting.staff, repair.tradeCode)),
    end: about.end,
    isReworked: about.end === 'CLOSED' && random.chance(0.05),
    rating: random.pick([3, 4, 4, 5, 5, 5]),
    ...about.times,
  };
}

/** Orders of three months up to `now`, oldest first; nearly all of them are through. */
export function tellStories(plan: CommunityPlan, setting: Setting, now: Date): Story[] {
  const random = seededRandom(plan.seed + 2);
  const share = plan.workOrders > 100 ? 1 : 0.4;
  const open = openStories.flatMap(([end, count]) => Array.from({ length: Math.ceil(count * share) }, () => end));
  const past = Array.from({ length: plan.workOrders - open.length }, (_, index) => {
    // Four days before now, so that also the return visit has been made.
    const latest = now.getTime() - 4 * dayMs;
    const receivedAt = new Date(latest - random.int(0, (daysOfHistory - 4) * 24 * 60) * 60_000);
    const end: StoryEnd = random.chance(0.06) ? 'CANCELLED' : 'CLOSED';
    return aStory(random, setting, { name: `past-${index}`, times: timesFrom(random, receivedAt), end });
  });
  const recent = open.map((end, index) => {
    const receivedAt = new Date(now.getTime() - random.int(5 * 60, 20 * 60) * 60_000);
    const step = (now.getTime() - receivedAt.getTime()) / 6;
    const at = (steps: number): Date => new Date(receivedAt.getTime() + steps * step);
    const times: Times = {
      receivedAt,
      arrivedAt: at(1),
      completedAt: at(2),
      testedAt: at(3),
      visitedAt: at(4),
      acceptedAt: at(5),
    };
    return aStory(random, setting, { name: `open-${index}`, times, end });
  });
  return [...past, ...recent].toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}
