import type { DemoAccount } from '../demo/accounts.ts';
import { smallPicture } from '../demo/small-picture.ts';
import { staffOf, type GraphClient } from './graph-client.ts';
import type { Home } from './scene.ts';

export type Deadline = { kind: string; rule: string; state: string; dueAt: string; breachedAt: string | null };

/** An order as the story looks at it. */
export type SeenOrder = {
  status: string;
  reworkCount: number;
  acceptedAt: string | null;
  closedAt: string | null;
  assignee: { id: string } | null;
  deadlines: Deadline[];
};

const seenOrder = /* GraphQL */ `
  query ($id: ID!) {
    workOrder(id: $id) {
      status
      reworkCount
      acceptedAt
      closedAt
      assignee {
        id
      }
      deadlines {
        kind
        rule
        state
        dueAt
        breachedAt
      }
    }
  }
`;

/** An imported request and the home it turned out to be about. */
export type Repair = { id: string; home: Home };

export type VisitOutcome = 'SATISFIED' | 'UNSATISFIED';

/** The steps of repairs in one community, each by whom it is up to. */
export type RepairSteps = {
  look(repair: Repair): Promise<SeenOrder>;
  /** The clock of the return visit that was started last. */
  visitClock(repair: Repair): Promise<Deadline | undefined>;
  locate(repair: Repair): Promise<void>;
  dispatch(repair: Repair): Promise<void>;
  /** The assignee goes there and reports the work as done, with a photo. */
  repair(repair: Repair): Promise<void>;
  testWater(repair: Repair): Promise<void>;
  /** The household signs. */
  accept(repair: Repair): Promise<void>;
  visit(repair: Repair, outcome: VisitOutcome): Promise<void>;
};

const seen = 'workOrder { id }';

export function repairSteps(graph: GraphClient, communityId: string): RepairSteps {
  const clerk = staffOf('clerk', communityId);
  const workers = new Map<string, DemoAccount>();
  const look = async ({ id }: Repair): Promise<SeenOrder> => {
    const { workOrder } = await graph.graphql<{ workOrder: SeenOrder }>(clerk, seenOrder, { id });
    return workOrder;
  };
  const workerOf = async (repair: Repair): Promise<DemoAccount> => {
    const staffId = (await look(repair)).assignee?.id ?? '';
    const worker = workers.get(staffId) ?? staffOf('maintenance', communityId, staffId);
    workers.set(staffId, worker);
    return worker;
  };
  const upload = (who: DemoAccount, purpose: 'PHOTO' | 'SIGNATURE'): Promise<string> =>
    graph.upload(who, { communityId, purpose, fileName: `${purpose.toLowerCase()}.png` }, smallPicture(90));
  const step = async (who: DemoAccount, mutation: string, input: object): Promise<void> =>
    void (await graph.mutate(who, mutation, input, seen));
  return {
    look,
    visitClock: async (repair) => (await look(repair)).deadlines.findLast(({ kind }) => kind === 'RETURN_VISIT'),
    locate: ({ id, home }) => step(clerk, 'locateWorkOrder', { id, placeId: home.unitId }),
    dispatch: ({ id }) => step(clerk, 'dispatchWorkOrder', { id }),
    repair: async (repair) => {
      const worker = await workerOf(repair);
      await step(worker, 'arriveOnSite', { id: repair.id });
      const photoFileIds = [await upload(worker, 'PHOTO')];
      await step(worker, 'completeWorkOrder', { id: repair.id, photoFileIds, note: 'done' });
    },
    testWater: ({ id }) => step(clerk, 'recordWorkOrderWaterTest', { id, isPassed: true }),
    accept: async ({ id, home }) => {
      const signatureFileId = await upload(clerk, 'SIGNATURE');
      await step(clerk, 'acceptWorkOrder', { id, signatureFileId, signerId: home.personId });
    },
    visit: ({ id }, outcome) => {
      const said = outcome === 'SATISFIED' ? { rating: 5 } : { rating: 1, opinion: 'it is broken again' };
      return step(clerk, 'recordWorkOrderReturnVisit', { id, means: 'PHONE', outcome, ...said });
    },
  };
}
