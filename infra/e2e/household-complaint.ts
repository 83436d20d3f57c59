import type { Stage } from './household-stage.ts';

type Id = { id: string; status: string };
type Clock = { kind: string; rule: string; state: string };
type Form = { id: string; state: string };
type Repair = { state: string; workOrder: { id: string } | null };

export type SeenComplaint = {
  /** Closed with nothing done yet. */
  early: string[];
  breached: Clock[];
  /** Whom the breach was told. */
  told: string[];
  leak: string;
  clocks: Clock[];
  reopened: string;
  archived: string;
};

const aLeak = ({ communityId, home }: Stage) => ({
  communityId,
  channelCode: 'PHONE',
  placeId: home.unitId,
  householdId: home.householdId,
  tradeCode: 'PLUMBING',
  problemCode: 'PIPE_LEAK',
  description: 'water comes through the ceiling',
  contactName: 'Owner 1',
  contactPhone: '14200000000',
  convenientFrom: '2026-03-06T03:00:00Z',
  convenientTo: '2026-03-07T02:00:00Z',
});

const aComplaint = ({ communityId, home }: Stage) => ({
  communityId,
  channelCode: 'PHONE',
  categoryCode: 'REPAIR_DELAY',
  placeId: home.unitId,
  householdId: home.householdId,
  contactName: 'Owner 1',
  contactPhone: '14200000000',
  summary: 'nobody comes for the leak',
  course: 'reported, and two days later the ceiling still drips',
  demand: 'repair it and paint the ceiling',
});

type Look = <T>(selection: string) => Promise<T>;

/** The leak is repaired, tested and accepted as any other. */
async function repairLeak({ repairs, home }: Stage, id: string): Promise<string> {
  const leak = { id, home };
  await repairs.dispatch(leak);
  await repairs.repair(leak);
  await repairs.testWater(leak);
  await repairs.accept(leak);
  await repairs.visit(leak, 'SATISFIED');
  return (await repairs.look(leak)).status;
}

/** What the complaint asks maintenance for comes back by the facts of its order. */
async function repairCeiling(stage: Stage, look: Look): Promise<void> {
  await stage.settled();
  const { repairs } = await look<{ repairs: Repair[] }>('repairs { state workOrder { id } }');
  const order = { id: repairs[0]?.workOrder?.id ?? '', home: stage.home };
  await stage.repairs.dispatch(order);
  await stage.repairs.repair(order);
  await stage.repairs.accept(order);
  await stage.repairs.visit(order, 'SATISFIED');
  await stage.settled();
}

/** Not satisfied at first, handled anew, told and visited again, and only then put into the archive. */
async function finish(stage: Stage, id: string, answerForms: () => Promise<void>): Promise<[string, string]> {
  const { act, clerk } = stage;
  const step = (name: string, more: object = {}) => act<Id>(clerk, name, 'complaint', { id, ...more });
  const resolved = async (result: string): Promise<void> => {
    await step('resolveComplaint', { result });
    await step('tellComplaintResult', { means: 'PHONE' });
  };
  await resolved('the leak is repaired and the ceiling painted');
  const bad = { means: 'IN_PERSON', outcome: 'UNSATISFIED', rating: 2, opinion: 'a stain comes through again' };
  const { status: reopened } = await step('recordComplaintReturnVisit', bad);
  await answerForms();
  await resolved('painted once more, with a primer');
  await step('recordComplaintReturnVisit', { means: 'PHONE', outcome: 'SATISFIED', rating: 5 });
  return [reopened, (await step('archiveComplaint')).status];
}

/** A leak that nobody comes for becomes a complaint, the complaint becomes major and escalates (A033-A037, A094-A098). */
export async function complain(stage: Stage): Promise<SeenComplaint> {
  const { act, refused, graph, platform, clerk, supervisor, director } = stage;
  await platform.moveClock({ set: '2026-03-06T02:00:00Z' });
  const { id: leakId } = await act<Id>(clerk, 'registerWorkOrder', 'workOrder', aLeak(stage));
  await platform.moveClock({ advance: 'PT6H' });
  const { id } = await act<Id>(clerk, 'registerComplaint', 'complaint', aComplaint(stage));
  const step = (name: string, more: object, who = clerk) => act<Id>(who, name, 'complaint', { id, ...more });
  const look: Look = async <T>(selection: string) => {
    const document = `query ($id: ID!) { complaint(id: $id) { ${selection} } }`;
    return (await graph.graphql<{ complaint: T }>(director, document, { id })).complaint;
  };
  const clocks = async () => (await look<{ deadlines: Clock[] }>('deadlines { kind rule state }')).deadlines;
  const answerForms = async (): Promise<void> => {
    for (const form of (await look<{ contactForms: Form[] }>('contactForms { id state }')).contactForms) {
      const answer = { formId: form.id, answer: 'done on site' };
      if (form.state === 'ISSUED') await step('answerComplaintContactForm', answer, supervisor);
    }
  };
  const worse = { grade: 'MAJOR', effects: ['DAILY_LIFE'], reason: 'the flat cannot be lived in' };
  await step('regradeComplaint', worse);
  const early = (await refused(clerk, 'resolveComplaint', 'complaint', { id, result: 'done' })).reason;
  // The day ends without the director knowing: a breach, which the director learns of.
  await platform.moveClock({ set: '2026-03-06T16:00:01Z' });
  const breached = (await clocks()).filter(({ state }) => state === 'BREACHED');
  const tenantId = director.claims.tenantId;
  const text = `select role from notification where aggregate_id = '${id}' and template = 'deadlineBreached' order by id`;
  const told = (await platform.sql<{ role: string }>('complaints', tenantId, text)).map(({ role }) => role);
  await step('referComplaint', { reason: 'MAJOR', note: 'a flat under water' });
  const forms = [{ departmentCode: 'MAINTENANCE', content: 'repair at once' }];
  await step('decideComplaint', { decision: 'repair today, paint tomorrow', forms }, director);
  await step('recordComplaintStep', { step: 'CONTACT', means: 'PHONE' });
  await step('answerComplaint', { answer: 'done by tomorrow evening', means: 'PHONE' });
  const leak = await repairLeak(stage, leakId);
  await step('requestComplaintRepair', { tradeCode: 'PAINTING', problemCode: 'CEILING_PAINT' });
  await repairCeiling(stage, look);
  await step('judgeComplaint', { isValid: true, responsibility: 'COMPANY' });
  await step('recordComplaintStep', { step: 'APOLOGY', means: 'IN_PERSON' });
  await answerForms();
  const [reopened, archived] = await finish(stage, id, answerForms);
  return { early: [early], breached, told, leak, clocks: await clocks(), reopened, archived };
}
