import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import {
  anEstate,
  answer,
  anUpload,
  aPayment,
  aSession,
  balance,
  drawnForFloat,
  reasons,
  see,
  type Estate,
} from './counter-fixture.ts';
import { localDay } from './dunning-fixture.ts';

type Seen = {
  status: string;
  clearing: { outcome: string; place: string; bankReference: string | null; withheld: { amount: number } } | null;
  availableActions: { action: string; allowed: boolean }[];
};

/** A desk that takes promises and hears what became of them. */
export function clearingDesk(service: () => TestService) {
  async function aDesk(): Promise<Estate> {
    const estate = await anEstate(service());
    await aSession(service(), estate);
    return estate;
  }

  const today = async (): Promise<string> => localDay(await service().now());

  const promised = (estate: Estate, amount: number, means: string, more: object = {}) =>
    aPayment(service(), estate, amount, { means, tendered: null, reference: 'NR 1', ...more });

  const signed = async (estate: Estate, amount: number, more: object = {}) =>
    promised(estate, amount, 'SIGNED', {
      proofFileIds: [await anUpload(service(), estate.cashier, estate.communityId)],
      ...more,
    });

  /** What somebody says of payments that came together, unless told otherwise with the statement of the bank. */
  async function cameInput(estate: Estate, viewer: Viewer, ids: string[], amount: number, more: object = {}) {
    const { communityId } = estate;
    const proofFileIds = [await anUpload(service(), viewer, communityId)];
    const payments = ids.map((paymentId) => ({ paymentId }));
    return { communityId, payments, amount, clearedOn: await today(), bankReference: 'ST 7', proofFileIds, ...more };
  }

  const refusedTo = async (estate: Estate, viewer: Viewer, ids: string[], amount: number, more: object = {}) =>
    reasons(service(), viewer, 'clearMeans', await cameInput(estate, viewer, ids, amount, more));

  const came = async (estate: Estate, ids: string[], amount: number, more: object = {}, viewer = estate.supervisor) =>
    answer(service(), viewer, 'clearMeans', await cameInput(estate, viewer, ids, amount, more), 'payments { id }');

  async function bounce(estate: Estate, id: string): Promise<void> {
    const proofFileIds = [await anUpload(service(), estate.supervisor, estate.communityId)];
    const input = { id, bankReference: 'RT 9', proofFileIds };
    await answer(service(), estate.supervisor, 'bounceMeans', input, 'payment { id }');
  }

  const seen = `status clearing { outcome place bankReference withheld { amount } } availableActions { action allowed }`;
  const paymentOf = (estate: Estate, id: string): Promise<Seen> =>
    see(service(), estate.supervisor, 'payment', id, seen);

  /** Balances; of the bank without what was drawn for the float. */
  const books = async ({ communityId }: Estate, ...types: string[]): Promise<number[]> =>
    Promise.all(
      types.map(async (type) => (await balance(service(), communityId, type)) + (type === 'BANK' ? drawnForFloat : 0)),
    );

  const owedOn = async (estate: Estate, chargeId: string): Promise<number> =>
    (
      await see<{ outstanding: { amount: number } }>(
        service(),
        estate.clerk,
        'charge',
        chargeId,
        'outstanding { amount }',
      )
    ).outstanding.amount;

  return { aDesk, today, promised, signed, refusedTo, came, bounce, paymentOf, books, owedOn };
}
