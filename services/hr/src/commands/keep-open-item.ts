import { rows, type Tx } from '@steward/db';
import type {
  complaintRegistered,
  complaintRegraded,
  StewardEvent,
  workOrderPriorityChanged,
  workOrderRegistered,
} from '@steward/events';

type DataOf<D extends { data: { parse(value: unknown): unknown } }> = ReturnType<D['data']['parse']>;

type Item = { id: string; kind: 'WORK_ORDER' | 'COMPLAINT'; number: string; isUrgent: boolean; openedAt: string };

async function insert(tx: Tx, event: StewardEvent<unknown>, item: Item): Promise<void> {
  if (event.communityid === undefined) return;
  await rows(
    tx,
    `insert into duty_open_item (id, tenant_id, community_id, kind, number, is_urgent, opened_at, is_open)
     values ($1, $2, $3, $4, $5, $6, $7, true) on conflict (id) do nothing`,
    [item.id, event.tenantid, event.communityid, item.kind, item.number, item.isUrgent, item.openedAt],
  );
}

/** Reaction: a work order is open until it is done or cancelled; handovers carry it over (A028). */
export async function keepOpenOrder(tx: Tx, event: StewardEvent<DataOf<typeof workOrderRegistered>>): Promise<void> {
  const { workOrderId: id, number, priority, receivedAt: openedAt } = event.data;
  await insert(tx, event, { id, kind: 'WORK_ORDER', number, isUrgent: priority === 'EMERGENCY', openedAt });
}

/** Reaction: the same of a complaint. */
export async function keepOpenComplaint(
  tx: Tx,
  event: StewardEvent<DataOf<typeof complaintRegistered>>,
): Promise<void> {
  const { complaintId: id, number, grade, receivedAt: openedAt } = event.data;
  await insert(tx, event, { id, kind: 'COMPLAINT', number, isUrgent: grade === 'MAJOR', openedAt });
}

const setUrgency = async (tx: Tx, id: string, isUrgent: boolean): Promise<void> => {
  await rows(tx, 'update duty_open_item set is_urgent = $2 where id = $1', [id, isUrgent]);
};

export const keepOrderPriority = (
  tx: Tx,
  { data }: StewardEvent<DataOf<typeof workOrderPriorityChanged>>,
): Promise<void> => setUrgency(tx, data.workOrderId, data.priority === 'EMERGENCY');

export const keepComplaintGrade = (tx: Tx, { data }: StewardEvent<DataOf<typeof complaintRegraded>>): Promise<void> =>
  setUrgency(tx, data.complaintId, data.grade === 'MAJOR');

/** Facts after which something has to be done again; after the others that are listened to there is nothing to do. */
const opening = new Set(['reopened']);

/** Reaction: something is done, or has to be done again. */
export async function followOpenItem(tx: Tx, event: StewardEvent<unknown>): Promise<void> {
  const isOpen = opening.has(event.type.split('.')[3] ?? '');
  await rows(tx, 'update duty_open_item set is_open = $2 where id = $1', [event.subject, isOpen]);
}
