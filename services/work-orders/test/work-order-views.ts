import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { refusal } from './work-orders-fixture.ts';

/** Some fields of an order, as the viewer sees them. */
export async function see<T>(service: TestService, viewer: Viewer, id: string, selection: string): Promise<T> {
  const query = `query ($id: ID!) { workOrder(id: $id) { ${selection} } }`;
  const { workOrder } = await service.ok<{ workOrder: T | null }>(viewer, query, { id });
  if (workOrder === null) throw new Error('the order is not visible');
  return workOrder;
}

/** What was told about an aggregate, oldest first: `quoted` and its data. */
export async function factsOf(
  service: TestService,
  id: string,
): Promise<[fact: string, data: Record<string, unknown>][]> {
  const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === id);
  return facts.map(({ type, data }) => [type.split('.')[3] ?? '', data]);
}

/** The latest fact of a kind. */
export const lastFact = async (
  service: TestService,
  id: string,
  fact: string,
): Promise<Record<string, unknown> | undefined> =>
  (await factsOf(service, id)).findLast(([name]) => name === fact)?.[1];

/** Why a mutation that answers an order is refused: the one reason, or every reason where there are several. */
export async function reasons(service: TestService, viewer: Viewer, name: string, input: object): Promise<string[]> {
  const { reason, violations } = await refusal(service, viewer, name, input);
  return reason === 'INVALID_INPUT' ? violations.map((violation) => violation.reason) : [reason];
}

type Words = { action: string; text: string };

/** The newest reason that somebody gave in words. */
export const lastRemark = async (service: TestService, viewer: Viewer, id: string): Promise<Words | undefined> =>
  (await see<{ remarks: Words[] }>(service, viewer, id, 'remarks { action text }')).remarks[0];

type Change = {
  action: string;
  reason: string | null;
  rule: string | null;
  fields: { field: string; from: string | null; to: string | null }[];
};

/** The newest entry of an order's history. */
export async function lastChange(service: TestService, viewer: Viewer, id: string): Promise<Change | undefined> {
  const selection = 'history(first: 1) { nodes { action reason rule fields { field from to } } }';
  return (await see<{ history: { nodes: Change[] } }>(service, viewer, id, selection)).history.nodes[0];
}
