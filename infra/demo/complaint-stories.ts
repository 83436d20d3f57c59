import type { CommunityPlan } from './communities.ts';
import type { Neighbourhood, Occupant } from './households.ts';
import type { DemoStep, ProcedureStory, StepContext } from './procedure-stories.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

/** How far a complaint has come. */
type End = 'RECEIVED' | 'REFERRED' | 'HANDLING' | 'RESOLVED' | 'ARCHIVED';

type Matter = {
  categoryCode: string;
  departmentCode: string;
  effects?: string[];
  summary: string;
  course: string;
  demand: string;
};

const matters: readonly Matter[] = [
  {
    categoryCode: 'NOISE',
    departmentCode: 'SECURITY',
    summary: '楼上夜间噪音扰民',
    course: '连续三晚十一点后仍有敲击声',
    demand: '请制止并告知结果',
  },
  {
    categoryCode: 'PARKING',
    departmentCode: 'SECURITY',
    summary: '车位被外来车辆占用',
    course: '晚上回来车位上停着外地车',
    demand: '请清走并加强门岗核对',
  },
  {
    categoryCode: 'CLEANLINESS',
    departmentCode: 'ENVIRONMENT',
    summary: '楼道垃圾未及时清运',
    course: '两天没有保洁上楼',
    demand: '每天清运一次',
  },
  {
    categoryCode: 'REPAIR_DELAY',
    departmentCode: 'MAINTENANCE',
    summary: '报修后迟迟无人上门',
    course: '上周报修，至今无人联系',
    demand: '今天安排上门',
  },
  {
    categoryCode: 'SERVICE_ATTITUDE',
    departmentCode: 'CUSTOMER_SERVICE',
    summary: '前台接待态度冷淡',
    course: '办理门禁卡时等待半小时无人理会',
    demand: '改进服务并致歉',
  },
  {
    categoryCode: 'SUPPLY_FAILURE',
    departmentCode: 'MAINTENANCE',
    effects: ['DAILY_LIFE'],
    summary: '整个单元停水超过一天',
    course: '昨晚起停水，没有任何通知',
    demand: '立即恢复供水并说明原因',
  },
];

const channels = ['PHONE', 'VISIT', 'WEB', 'APP', 'LETTER'];

/** So many complaints stand in each state; the major one waits for the director. */
const ends: readonly [End, number][] = [
  ['RECEIVED', 2],
  ['HANDLING', 3],
  ['RESOLVED', 2],
  ['ARCHIVED', 4],
];

const step = (
  mutation: string,
  input: (context: StepContext) => Record<string, unknown> = () => ({}),
  by: DemoStep['by'] = 'desk',
): DemoStep => ({
  by,
  mutation,
  thing: 'complaint',
  input: (context) => ({ id: context.last.id, ...input(context) }),
});

function registration(
  communityId: string,
  { matter, occupant, channelCode }: { matter: Matter; occupant: Occupant; channelCode: string },
): DemoStep {
  const { categoryCode, summary, course, demand, effects = [] } = matter;
  const about = { channelCode, categoryCode, effects, summary, course, demand };
  const who = {
    placeId: occupant.place.id,
    householdId: occupant.householdId,
    contactName: occupant.contactName,
    contactPhone: occupant.contactPhone,
  };
  return {
    by: 'desk',
    mutation: 'registerComplaint',
    thing: 'complaint',
    input: () => ({ communityId, ...about, ...who }),
  };
}

const handling = ({ departmentCode }: Matter): DemoStep[] => [
  step('routeComplaint', () => ({ forms: [{ departmentCode, content: '请当日处理并书面回复' }] })),
  step('recordComplaintStep', () => ({ step: 'CONTACT', means: 'PHONE' })),
];

/** Contacted, answered for, apologised for: what the procedure asks for before a result. */
const solving = (): DemoStep[] => [
  step(
    'answerComplaintContactForm',
    ({ last }) => ({ formId: last.contactForms?.[0]?.id, answer: '已到场处理并整改' }),
    'head',
  ),
  step('judgeComplaint', () => ({ isValid: true, responsibility: 'COMPANY' })),
  step('recordComplaintStep', () => ({ step: 'APOLOGY', means: 'PHONE' })),
  step('resolveComplaint', () => ({ result: '已处理完毕，并安排专人复查' })),
];

const closing = (): DemoStep[] => [
  step('tellComplaintResult', () => ({ means: 'PHONE' })),
  step('recordComplaintReturnVisit', () => ({ means: 'PHONE', outcome: 'SATISFIED', rating: 5 })),
  step('archiveComplaint'),
];

function stepsTo(end: End, matter: Matter): DemoStep[] {
  if (end === 'RECEIVED') return [];
  if (end === 'REFERRED') return [step('referComplaint', () => ({ reason: 'MAJOR', note: '影响多户用水，请决定' }))];
  if (end === 'HANDLING') return handling(matter);
  return [...handling(matter), ...solving(), ...(end === 'ARCHIVED' ? closing() : [])];
}

const isMajor = ({ effects }: Matter): boolean => effects !== undefined;

/** Complaints of a large community in every state, the same every time. */
export function tellComplaints(plan: CommunityPlan, { occupants }: Neighbourhood): ProcedureStory[] {
  if (plan.workOrders < 100) return [];
  const random = seededRandom(plan.seed + 3);
  const minor = matters.filter((matter) => !isMajor(matter));
  const major = matters.filter(isMajor);
  const told: [End, Matter][] = [
    ...ends.flatMap(([end, count]) => Array.from({ length: count }, (): [End, Matter] => [end, random.pick(minor)])),
    ...major.map((matter): [End, Matter] => ['REFERRED', matter]),
  ];
  return told.map(([end, matter], index) => ({
    name: `complaint-${index}`,
    steps: [registration(plan.community.id, sceneOf(random, matter, occupants)), ...stepsTo(end, matter)],
  }));
}

const sceneOf = (random: SeededRandom, matter: Matter, occupants: readonly Occupant[]) => ({
  matter,
  occupant: random.pick(occupants),
  channelCode: random.pick(channels),
});
