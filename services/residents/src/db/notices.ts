import type { Tx } from '@steward/db';
import { notify, type Recipient } from '@steward/service-kit';

type Params = Record<string, string | number | boolean | null>;

/** Tells somebody about a procedure; the text is the template's, the procedure is named by its number. */
export async function tell(
  tx: Tx,
  { communityId, id, number }: { communityId: string; id: string; number: string },
  to: Recipient,
  template: string,
  params: Params = {},
): Promise<void> {
  await notify(tx, { communityId, to, template, params: { number, ...params }, aggregateId: id });
}
