import { newId } from '@steward/core';

import { onceHeard } from '../demo/play-story.ts';
import type { GatewayClient } from '../import/gateway-client.ts';
import { mutationOf } from './graph-client.ts';
import { brokenDoor } from './scene.ts';

/** What lives share: where they happen and what was uploaded before. */
export type Stage = {
  communityId: string;
  client: GatewayClient;
  workerId: string;
  photoFileId: string;
  signatureFileId: string;
  onAcknowledged(): void;
};

/** What the gateway has acknowledged of one repair. */
export type Life = { unitId: string; householdId: string; orderId: string; orderNumber: string };

/** The commands of a life on its order, oldest first. */
export const orderCommands = [
  'registerWorkOrder',
  'assignWorkOrder',
  'arriveOnSite',
  'completeWorkOrder',
  'acceptWorkOrder',
  'recordWorkOrderReturnVisit',
];

type Send = <P>(mutation: string, input: object, selection: string) => Promise<P>;

/**
 * Sends a command with a key of its own until it is acknowledged, and once more after that: a client that has lost the
 * answer does just this.
 */
function insistently({ client, onAcknowledged }: Stage): Send {
  return async <P>(mutation: string, input: object, selection: string): Promise<P> => {
    const variables = { input: { ...input, idempotencyKey: newId() } };
    const send = () => onceHeard(() => client<Record<string, P>>(mutationOf(mutation, selection), variables));
    const first = await send();
    onAcknowledged();
    const second = await send();
    const [one, other] = [JSON.stringify(first), JSON.stringify(second)];
    if (one !== other) throw new Error(`${mutation} was answered ${one}, and again ${other}`);
    return first[mutation] as P;
  };
}

type Results = {
  results: { place?: { id: string }; household?: { id: string }; refusal: { reason: string } | null }[];
};

async function makeHome(
  send: Send,
  communityId: string,
  name: string,
): Promise<{ unitId: string; householdId: string }> {
  const rows = [
    { code: name, kind: 'BUILDING', deliveredOn: '2025-06-01' },
    { parentPath: name, code: '1', kind: 'UNIT', usage: 'RESIDENTIAL' },
  ];
  const places = await send<Results>(
    'registerPlaces',
    { communityId, rows },
    'results { place { id } refusal { reason } }',
  );
  const holdings = [{ unitPath: `${name}/1`, tenure: 'OWNED', validFrom: '2025-07-01' }];
  const household = { communityId, rows: [{ number: name, holdings }] };
  const selection = 'results { household { id } refusal { reason } }';
  const households = await send<Results>('registerHouseholds', household, selection);
  return { unitId: places.results[1]?.place?.id ?? '', householdId: households.results[0]?.household?.id ?? '' };
}

/** One repair from the building to the closed order. */
export async function liveThrough(stage: Stage, name: string): Promise<Life> {
  const { communityId, workerId: assigneeId, photoFileId, signatureFileId } = stage;
  const send = insistently(stage);
  const home = await makeHome(send, communityId, name);
  type Entered = { workOrder: { id: string; number: string } };
  // Of two such requests nothing but the key says that they are one.
  const { workOrder } = await send<Entered>(
    'registerWorkOrder',
    brokenDoor(communityId, home),
    'workOrder { id number }',
  );
  const { id } = workOrder;
  const step = (mutation: string, input: object): Promise<unknown> =>
    send(mutation, { id, ...input }, 'workOrder { id }');
  await step('assignWorkOrder', { assigneeId });
  await step('arriveOnSite', {});
  await step('completeWorkOrder', { photoFileIds: [photoFileId] });
  await step('acceptWorkOrder', { signatureFileId, signerName: 'Zhang Wei' });
  await step('recordWorkOrderReturnVisit', { means: 'PHONE', outcome: 'SATISFIED', rating: 5 });
  return { ...home, orderId: id, orderNumber: workOrder.number };
}
