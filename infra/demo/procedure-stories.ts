import type { CommunityPlan } from './communities.ts';
import type { Estate } from './estate.ts';
import { pathOf } from './estate.ts';
import type { HouseholdRow, Neighbourhood } from './households.ts';

/** Who does a step: the desk, or its head where two have to. */
export type StepBy = 'desk' | 'head';

/** What a step is told: what the one before it answered, and pictures that the desk has uploaded. */
export type StepContext = {
  last: { id: string; contactForms?: { id: string }[] };
  signatureFileId: string;
  paperFileId: string;
  /** A day so many days from today, `YYYY-MM-DD`, and the instant it begins. */
  day(after: number): string;
  at(hours: number): string;
};

export type DemoStep = {
  by: StepBy;
  mutation: string;
  /** What the mutation answers, as its payload calls it. */
  thing: string;
  input: (context: StepContext) => Record<string, unknown>;
};

/** One procedure, from its first step to where it stands. */
export type ProcedureStory = { name: string; steps: DemoStep[] };

type Input = (context: StepContext) => Record<string, unknown>;
type Step = (mutation: string, input?: Input, by?: StepBy) => DemoStep;

/** Steps on one thing: the first makes it, the others take its id along. */
function steps(thing: string, first: DemoStep, rest: (step: Step) => DemoStep[]): DemoStep[] {
  const step: Step = (mutation, input = () => ({}), by = 'desk') => ({
    by,
    mutation,
    thing,
    input: (context) => ({ id: context.last.id, ...input(context) }),
  });
  return [first, ...rest(step)];
}

const begin = (thing: string, mutation: string, input: Input): DemoStep => ({ by: 'desk', mutation, thing, input });

type Owner = { household: HouseholdRow; unitId: string; personId: string; name: string };

/** Households of people who own a flat, in the order of their flats. */
function ownersIn(estate: Estate, { households }: Neighbourhood): Owner[] {
  const flats = new Map(estate.flats.map((flat) => [pathOf(flat), flat.id]));
  return households.flatMap((household) => {
    const [holding] = household.holdings;
    const person = household.members.find(({ role }) => role === 'OWNER')?.person;
    const unitId = flats.get(holding?.unitPath ?? '');
    if (holding?.tenure !== 'OWNED' || person === undefined || unitId === undefined) return [];
    return [{ household, unitId, personId: person.id, name: person.name }];
  });
}

const signed =
  ({ personId }: Owner): Input =>
  ({ signatureFileId }) => ({ signatureFileId, signerId: personId });

const readings = [
  { meter: 'WATER', value: '3.200' },
  { meter: 'ELECTRICITY', value: '41' },
  { meter: 'GAS', value: '0.500' },
];

const moveInPapers = [
  'OWNER_IDENTITY_CARD',
  'MOVE_IN_NOTICE',
  'PURCHASE_CONTRACT',
  'RESIDENT_REGISTER',
  'MANAGEMENT_AGREEMENT',
].map((kindCode) => ({ kindCode }));

/** A move-in that has come so far: papers, hand-over, readings. */
const movingIn = (owner: Owner, upTo: number): ProcedureStory => ({
  name: `move-in-${upTo}`,
  steps: steps(
    'moveIn',
    begin('moveIn', 'openMoveIn', () => ({
      householdId: owner.household.id,
      unitId: owner.unitId,
      applicantKind: 'OWNER',
    })),
    (step) =>
      [
        step('fileMoveInPapers', () => ({ papers: moveInPapers })),
        step('signMoveInAgreements', signed(owner)),
        step('confirmMoveInHandover', (context) => ({
          itemCodes: ['KEYS', 'HANDBOOK', 'UTILITY_PLAN'],
          keyCount: 3,
          ...signed(owner)(context),
        })),
        step('recordMoveInReadings', (context) => ({ readings, ...signed(owner)(context) })),
      ].slice(0, upTo),
  ),
});

const lookingAfter = (owner: Owner, upTo: number): ProcedureStory => ({
  name: `custody-${upTo}`,
  steps: steps(
    'custody',
    begin('custody', 'registerCustody', () => ({ householdId: owner.household.id, unitId: owner.unitId })),
    (step) =>
      [
        step('signCustodyAgreement', signed(owner)),
        step('recordCustodyReading', () => ({ waterM3: '128.4', electricityKwh: '2310' })),
        step('startCustody'),
      ].slice(0, upTo),
  ),
});

const hours = { workFrom: '08:00:00', workTo: '18:00:00', breakFrom: '12:00:00', breakTo: '14:00:00' };

/** Hours and prohibitions, which hold before anybody decorates. */
const decorationTerms = (communityId: string): ProcedureStory => ({
  name: 'decoration-terms',
  steps: [
    {
      ...begin('decorationTerms', 'publishDecorationTerms', () => ({
        communityId,
        ...hours,
        isAllowedAtWeekend: false,
        prohibitions: '严禁拆改承重墙，严禁占用消防通道，装修垃圾袋装定点堆放。',
      })),
      by: 'head',
    },
  ],
});

/** An application to decorate that has come so far. */
const decorating = (contractorId: string, owner: Owner, upTo: number): ProcedureStory => ({
  name: `decoration-${upTo}`,
  steps: steps(
    'decoration',
    begin('decoration', 'registerDecoration', ({ day }) => ({
      kind: 'DECORATION',
      householdId: owner.household.id,
      unitId: owner.unitId,
      applicantKind: 'OWNER',
      applicantId: owner.personId,
      contractorId,
      description: '厨房和卫生间翻新，更换地板',
      isStructureChanged: upTo === 0,
      isLoadIncreased: false,
      plannedFrom: day(7),
      plannedTo: day(60),
    })),
    (step) =>
      [
        step('fileDecorationDocument', ({ paperFileId: fileId }) => ({ kindCode: 'OWNER_IDENTITY_CARD', fileId })),
      ].slice(0, upTo),
  ),
});

const frontDesk = (communityId: string, [a, b, c]: readonly Owner[]): ProcedureStory[] => {
  const one = (name: string, thing: string, mutation: string, input: Input): ProcedureStory => ({
    name,
    steps: [begin(thing, mutation, input)],
  });
  const [first, second, third] = [a?.household.id, b?.household.id, c?.household.id];
  return [
    one('pass-visitor', 'pass', 'requestPass', ({ at }) => ({
      householdId: first,
      kind: 'VISITOR',
      unitId: a?.unitId,
      holderName: '周先生',
      holderPhone: '14200009001',
      validFrom: at(1),
      validTo: at(6),
    })),
    one('mail-parcel', 'mailItem', 'registerMailItem', () => ({
      communityId,
      kind: 'PARCEL',
      householdId: second,
      trackingNumber: 'SF142000001',
    })),
    one('mail-letter', 'mailItem', 'registerMailItem', () => ({
      communityId,
      kind: 'OFFICIAL_LETTER',
      recipientName: '客户服务中心',
    })),
    one('dog', 'residentRegistration', 'openResidentRegistration', () => ({
      householdId: third,
      kind: 'DOG',
      description: '柯基，两岁',
    })),
    one('invoice', 'invoiceApplication', 'applyForInvoice', () => ({
      communityId,
      kind: 'ORDINARY',
      householdId: first,
      title: '个人',
      purposeCode: 'MANAGEMENT_FEE',
      amount: 126_000,
    })),
  ];
};

const deskServices = (communityId: string, [letting, member]: readonly Owner[]): ProcedureStory[] => {
  if (letting === undefined || member === undefined) return [];
  const card = begin('membershipCard', 'applyMembershipCard', () => ({
    communityId,
    tier: 'MEMBER',
    personId: member.personId,
  }));
  const mandate = begin('rentalMandate', 'openRentalMandate', ({ day }) => ({
    communityId,
    kind: 'RENTAL',
    unitId: letting.unitId,
    householdId: letting.household.id,
    askingAmount: 380_000,
    validTo: day(120),
  }));
  const script = begin('broadcastScript', 'draftBroadcastScript', () => ({
    communityId,
    kind: 'SAFETY',
    title: '用电安全提示',
    text: '各位业主，请勿在楼道内为电动自行车充电。',
  }));
  return [
    { name: 'card', steps: steps('membershipCard', card, (step) => [step('issueMembershipCard')]) },
    {
      name: 'mandate',
      steps: steps('rentalMandate', mandate, (step) => [
        step('signRentalMandate', (context) => ({ mandateFileId: context.paperFileId, ...signed(letting)(context) })),
      ]),
    },
    {
      name: 'broadcast',
      steps: steps('broadcastScript', script, (step) => [step('approveBroadcastScript', undefined, 'head')]),
    },
    {
      name: 'route',
      steps: [
        begin('counterSignRoute', 'openCounterSignRoute', () => ({
          communityId,
          kind: 'OTHER',
          title: '与发展商交接遗留事项会签',
        })),
      ],
    },
  ];
};

/** What stands open at the desk of a large community, the same every time; households of accounts are left alone. */
export function tellProcedures(plan: CommunityPlan, estate: Estate, neighbourhood: Neighbourhood): ProcedureStory[] {
  const communityId = plan.community.id;
  const contractorId = neighbourhood.organisations.find(({ kind }) => kind === 'CONTRACTOR')?.id;
  const owners = ownersIn(estate, neighbourhood).slice(3);
  if (plan.workOrders < 100 || contractorId === undefined) return [];
  const [first, second, third, fourth, fifth, sixth, seventh, eighth, ...others] = owners;
  if (!first || !second || !third || !fourth || !fifth || !sixth || !seventh || !eighth) return [];
  return [
    decorationTerms(communityId),
    movingIn(first, 1),
    movingIn(second, 3),
    movingIn(third, 4),
    lookingAfter(fourth, 1),
    lookingAfter(fifth, 3),
    decorating(contractorId, sixth, 0),
    decorating(contractorId, seventh, 1),
    decorating(contractorId, eighth, 2),
    ...frontDesk(communityId, others),
    ...deskServices(communityId, others.slice(3)),
  ];
}
