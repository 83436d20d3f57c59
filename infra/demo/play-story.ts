import { setTimeout as wait } from 'node:timers/promises';

import { derivedKey } from '../import/derived-key.ts';
import type { GatewayClient } from '../import/gateway-client.ts';
import { ImportError } from '../import/import-error.ts';
import { workOrderStep, type WorkOrderStep } from './operations.ts';
import type { Story } from './work-order-stories.ts';

/** Who acts in the stories of a community, and with which pictures. */
export type Cast = {
  communityId: string;
  /** Takes requests in, gives them out, visits, cancels. */
  desk: GatewayClient;
  /** The worker of that id with the file of a photo of his. */
  worker(staffId: string): Promise<{ client: GatewayClient; photoFileId: string }>;
  /** The image of a signature that the desk has uploaded. */
  signatureFileId: string;
  /** When the demo was begun: what is planned is planned from then, also when it is taken up again. */
  begunAt: Date;
};

type Order = { id: string; status: string; isPaid: boolean; quotes: { id: string }[] };

/** Refusals that pass once a service has heard of what others were told just before. */
const passing = [
  'COMMUNITY_UNKNOWN',
  'PLACE_UNKNOWN',
  'HOUSEHOLD_NOT_AT_PLACE',
  'STAFF_UNKNOWN',
  'STAFF_NOT_OF_COMMUNITY',
  'TRADE_MISMATCH',
  'NOT_ON_DUTY',
  'SIGNER_NOT_OF_HOUSEHOLD',
  'DEPARTMENT_UNKNOWN',
];
const patienceMs = 60_000;

/** Calls again for as long as the refusal is one that passes. */
export async function onceHeard<T>(call: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const isPassing = error instanceof ImportError && error.refusals.some((reason) => passing.includes(reason));
      if (!isPassing || performance.now() > giveUpAt) throw error;
      await wait(250);
    }
  }
}

const hourMs = 3_600_000;
const addHours = (at: Date, hours: number): string => new Date(at.getTime() + hours * hourMs).toISOString();

/** Plays the steps of one story; each has a key of its own, so that a demo that was cut off goes on where it stood. */
function stepper(
  cast: Cast,
  story: Story,
): (client: GatewayClient, step: WorkOrderStep, input: Record<string, unknown>, round?: number) => Promise<Order> {
  return async (client, step, input, round = 0) => {
    const idempotencyKey = derivedKey('demo', cast.communityId, story.name, step, round);
    const call = (): Promise<Record<string, { workOrder: Order }>> =>
      client(workOrderStep(step), { input: { idempotencyKey, ...input } });
    const answer = (await onceHeard(call))[step];
    if (answer === undefined) throw new Error(`${step} was not answered`);
    return answer.workOrder;
  };
}

type Step = ReturnType<typeof stepper>;

/** The second time it happens now. */
const occurring = (at: Date, round: number): { occurredAt?: string } =>
  round === 0 ? { occurredAt: at.toISOString() } : {};

const registration = (cast: Cast, { place, occupant, ...story }: Story): Record<string, unknown> => ({
  communityId: cast.communityId,
  receivedAt: story.receivedAt.toISOString(),
  channelCode: story.channelCode,
  placeId: place.id,
  householdId: occupant?.householdId,
  tradeCode: story.repair.tradeCode,
  problemCode: story.repair.problemCode,
  contactName: occupant?.contactName ?? '值班员',
  contactPhone: occupant?.contactPhone ?? '14200000000',
  description: story.description,
  convenientFrom: addHours(story.receivedAt, 1),
  convenientTo: addHours(story.receivedAt, 30),
});

/** Paid work is quoted from the catalogue and agreed by telephone before it begins. */
async function agreeOnFee(cast: Cast, story: Story, step: Step, id: string): Promise<void> {
  const line = { serviceCode: story.repair.serviceCode ?? 'REPAIR_HOUR', quantity: '1' };
  const plannedAt = addHours(cast.begunAt, 72);
  const quoted = await step(cast.desk, 'quoteWorkOrder', { id, lines: [line], plannedAt, effect: '恢复正常使用' });
  await step(cast.desk, 'agreeWorkOrderQuote', { id, quoteId: quoted.quotes[0]?.id, manner: 'ORAL' });
}

async function work(cast: Cast, story: Story, step: Step, id: string, round: number): Promise<void> {
  const { client, photoFileId } = await cast.worker(story.workerId);
  await step(client, 'arriveOnSite', { id, ...occurring(story.arrivedAt, round) }, round);
  if (story.end === 'ON_SITE') return;
  if (story.end === 'PAUSED') {
    const until = addHours(cast.begunAt, 48);
    await step(client, 'pauseWorkOrder', { id, reasonCode: 'WAITING_FOR_MATERIAL', until });
    return;
  }
  const done = { id, photoFileIds: [photoFileId], note: '已修复,现场已清理' };
  await step(client, 'completeWorkOrder', { ...done, ...occurring(story.completedAt, round) }, round);
  if (story.repair.isLeak && story.end !== 'COMPLETED') {
    const tested = { id, isPassed: true, ...occurring(story.testedAt, round) };
    await step(cast.desk, 'recordWorkOrderWaterTest', tested, round);
  }
}

async function accept(cast: Cast, story: Story, step: Step, id: string, round = 0): Promise<void> {
  const signed =
    story.occupant === null ? {} : { signatureFileId: cast.signatureFileId, signerId: story.occupant.signerId };
  await step(cast.desk, 'acceptWorkOrder', { id, ...occurring(story.acceptedAt, round), ...signed });
}

/** The return visit; who is not satisfied has the work done again, and is visited again. */
async function visit(cast: Cast, story: Story, step: Step, id: string): Promise<void> {
  const phone = { id, means: 'PHONE', ...occurring(story.visitedAt, 0) };
  if (!story.isReworked) {
    await step(cast.desk, 'recordWorkOrderReturnVisit', { ...phone, outcome: 'SATISFIED', rating: story.rating });
    return;
  }
  const opinion = '还是有点问题,请再来看看';
  await step(cast.desk, 'recordWorkOrderReturnVisit', { ...phone, outcome: 'UNSATISFIED', rating: 2, opinion });
  await work(cast, story, step, id, 1);
  await step(cast.desk, 'recordWorkOrderReturnVisit', { id, means: 'PHONE', outcome: 'SATISFIED', rating: 4 }, 1);
}

/** Plays a story through the gateway to its end. */
export async function playStory(cast: Cast, story: Story): Promise<void> {
  const step = stepper(cast, story);
  const { id, isPaid } = await step(cast.desk, 'registerWorkOrder', registration(cast, story));
  if (story.end === 'RECEIVED') return;
  if (story.end === 'CANCELLED') {
    await step(cast.desk, 'cancelWorkOrder', { id, reasonCode: 'WITHDRAWN_BY_CUSTOMER' });
    return;
  }
  await step(cast.desk, 'assignWorkOrder', { id, assigneeId: story.workerId });
  if (story.end === 'ASSIGNED') return;
  if (isPaid) await agreeOnFee(cast, story, step, id);
  await work(cast, story, step, id, 0);
  if (story.end === 'ACCEPTED') return accept(cast, story, step, id);
  if (story.end !== 'CLOSED') return;
  await visit(cast, story, step, id);
  await accept(cast, story, step, id, story.isReworked ? 1 : 0);
}
