import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { anEstate, aPayment, aSession, reasons, startBilling, type Estate } from './counter-fixture.ts';
import { aCharge, act, reasonOf } from './ledger-fixture.ts';

/** Of each kind so many: the first, one in the middle, the last. */
const rows = 5;

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startBilling();
  estate = await anEstate(service);
  await aSession(service, estate);
  for (let index = 0; index < rows; index += 1) {
    await aCharge(service, estate, 1_000 + index);
    await aPayment(service, estate, 1_000 + index, {});
  }
}, 60_000);
afterAll(() => service?.stop());

type Answer = {
  isIntact: boolean;
  isComplete: boolean;
  next: string | null;
  findings: { finding: string; subject: string | null }[];
};

const question = `query ($communityId: ID!, $most: Int!, $after: String, $keptHeads: [LedgerHeadInput!]!) {
  verifyLedger(communityId: $communityId, most: $most, after: $after, keptHeads: $keptHeads) {
    isIntact isComplete next findings { finding subject } } }`;

async function ask(most: number, after: string | null = null, keptHeads: object[] = []): Promise<Answer> {
  const { communityId } = estate;
  const variables = { communityId, most, after, keptHeads };
  return (await service.ok<{ verifyLedger: Answer }>(estate.director, question, variables)).verifyLedger;
}

/** All answers, each as small as can be. */
async function askAll(): Promise<Answer[]> {
  const answers = [await ask(1)];
  for (let next = answers[0]?.next ?? null; next !== null; next = answers.at(-1)?.next ?? null) {
    answers.push(await ask(1, next));
    if (answers.length > 500) throw new Error('it does not come to its end');
  }
  return answers;
}

/** Somebody who has the database alters something; undone again, whatever came of it. */
async function altered<T>(sql: string, params: unknown[], look: () => Promise<T>): Promise<T> {
  const [table = ''] = sql.match(/(?<=update )\w+/) ?? [];
  const kept = `kept_${table}`;
  await service.sql(`create table ${kept} as select * from ${table}`);
  await service.sql('set session_replication_role = replica');
  try {
    await service.sql(sql, params);
    return await look();
  } finally {
    await service.sql(`delete from ${table} where id in (select id from ${kept})`);
    await service.sql(`insert into ${table} select * from ${kept}`);
    await service.sql('set session_replication_role = origin');
    await service.sql(`drop table ${kept}`);
  }
}

const idAt = async (table: string, order: string, place: number): Promise<string> => {
  const found = await service.sql<{ id: string }>(
    `select id from ${table} where community_id = $1 order by ${order}, id offset $2 limit 1`,
    [estate.communityId, place],
  );
  return found[0]?.id ?? '';
};

describe('a verification in several answers', () => {
  it('goes on where the answer before ended, and is intact when all of it was looked at', async () => {
    const answers = await askAll();
    // Blocks, accounts and rows, one in each answer.
    expect(answers.length).toBeGreaterThan(4 * rows);
    expect(answers.flatMap(({ findings }) => findings)).toEqual([]);
    expect(answers.filter(({ isIntact }) => isIntact)).toEqual(answers.slice(-1));
    expect(answers.filter(({ isComplete }) => isComplete)).toEqual(answers.slice(-1));
    expect(await ask(100_000)).toEqual({ isIntact: true, isComplete: true, next: null, findings: [] });
  });

  it.each([
    ['charge', 'created_at', 'due_on = null, tax_amount = tax_amount + 1', 'CHARGE_ALTERED'],
    ['payment', 'received_at', 'change_given = change_given + 1', 'PAYMENT_ALTERED'],
    ['receipt', 'sequence', `number = number || 'X'`, 'RECEIPT_ALTERED'],
  ])(
    'finds one altered row of %s in the first, a middle and the last of them, once',
    async (table, order, change, finding) => {
      for (const place of [0, 2, rows - 1]) {
        const id = await idAt(table, order, place);
        const answers = await altered(`update ${table} set ${change} where id = $1`, [id], askAll);
        const found = answers.flatMap(({ findings }) => findings).filter((one) => one.finding === finding);
        expect([place, found]).toEqual([place, [{ finding, subject: id }]]);
        expect(answers.some(({ isIntact }) => isIntact)).toBe(false);
        expect(answers.at(-1)?.isComplete).toBe(true);
      }
    },
  );

  it('finds an altered posting in the first, a middle and the last block', async () => {
    const [chain] = await service.sql<{ height: number }>('select height from ledger_chain where community_id = $1', [
      estate.communityId,
    ]);
    for (const height of [1, Math.ceil((chain?.height ?? 0) / 2), chain?.height]) {
      const sql = `update ledger_transaction set cause_type = 'x' where community_id = $1 and height = $2`;
      const answers = await altered(sql, [estate.communityId, height], askAll);
      const found = answers.flatMap(({ findings }) => findings).map((one) => one.finding);
      expect([height, found]).toEqual([height, expect.arrayContaining(['BLOCK_ALTERED'])]);
      expect(answers.some(({ isIntact }) => isIntact)).toBe(false);
    }
  });

  it('says of kept heads in the first answer alone, and is not intact in the last one', async () => {
    const keptHeads = [{ height: 1, hash: '00'.repeat(32) }];
    const first = await ask(1, null, keptHeads);
    expect(first.findings).toEqual([{ finding: 'HEAD_CONTRADICTED', subject: null }]);
    let last = first;
    while (last.next !== null) last = await ask(1_000, last.next, keptHeads);
    expect(last).toEqual({ isIntact: false, isComplete: true, next: null, findings: [] });
  });

  it('refuses to go on from what no answer said, for another community, and for more than an answer can', async () => {
    const { communityId } = estate;
    const refusal = async (variables: object): Promise<string> =>
      (await service.refused(estate.director, question, { communityId, most: 1, keptHeads: [], ...variables }))
        .extensions.reason;
    const next = (await ask(1)).next ?? '';
    const forged = (change: object): string => {
      const { place, ...rest } = JSON.parse(Buffer.from(next, 'base64url').toString('utf8')) as { place: object };
      return Buffer.from(JSON.stringify({ ...rest, place: { ...place, ...change } })).toString('base64url');
    };
    expect(await refusal({ after: 'x' })).toBe('CURSOR_INVALID');
    expect(await refusal({ after: forged({ stage: 'CHARGES', after: [`1' or true`, 'x'] }) })).toBe('CURSOR_INVALID');
    expect(await refusal({ after: forged({ stage: 'constructor' }) })).toBe('CURSOR_INVALID');
    const other = await anEstate(service);
    const ofOther = { communityId: other.communityId, most: 1, keptHeads: [], after: next };
    expect((await service.refused(other.director, question, ofOther)).extensions.reason).toBe('CURSOR_INVALID');
    expect([await refusal({ most: 0 }), await refusal({ most: 200_001 })]).toEqual(['EXTENT_UNFIT', 'EXTENT_UNFIT']);
  });
});

type Compared = {
  id: string;
  version: number;
  isClean: boolean;
  isComplete: boolean;
  comparedPostingCount: number;
  findings: { finding: string; subject: string | null }[];
};
const compared = 'id version isClean isComplete comparedPostingCount findings { finding subject }';

describe('a comparison that is larger than an answer', () => {
  const reconcile = async (most: number): Promise<Compared> => {
    const input = { communityId: estate.communityId, most };
    type Made = { bookReconciliation: Compared };
    return (await act<Made>(service, estate.clerk, 'reconcileBooks', input, `bookReconciliation { ${compared} }`))
      .bookReconciliation;
  };
  const seen = async (id: string): Promise<Compared | undefined> => {
    const query = `query ($communityId: ID!) { bookReconciliations(filter: { communityId: $communityId }) { nodes { ${compared} } } }`;
    type List = { bookReconciliations: { nodes: Compared[] } };
    const { communityId } = estate;
    const { nodes } = (await service.ok<List>(estate.clerk, query, { communityId })).bookReconciliations;
    return nodes.find((node) => node.id === id);
  };
  const factsOf = async (id: string): Promise<number> =>
    (await service.events('steward.billing.book-reconciliation.made.v1')).filter(
      ({ data }) => data['reconciliationId'] === id,
    ).length;

  it('[A232] goes on by itself, says how far it is, and is told of when it is at its end', async () => {
    const begun = await reconcile(1);
    expect(begun).toMatchObject({ version: 0, isClean: false, isComplete: false, findings: [] });
    expect(await reconcile(1)).toMatchObject({ id: begun.id });
    expect(await factsOf(begun.id)).toBe(0);
    await service.move({ advance: 'PT1S' });
    const done = await seen(begun.id);
    expect(done).toMatchObject({ version: 1, isClean: true, isComplete: true, findings: [] });
    expect(done?.comparedPostingCount).toBeGreaterThan(begun.comparedPostingCount);
    expect(await factsOf(begun.id)).toBe(1);
    expect(await reconcile(100_000)).toMatchObject({ version: 1, isClean: true, isComplete: true });
  });

  it('[A232] finds one altered row in the first, a middle and the last step', async () => {
    for (const place of [0, 2, rows - 1]) {
      const id = await idAt('payment', 'received_at', place);
      const done = await altered(`update payment set number = number || 'X' where id = $1`, [id], async () => {
        const begun = await reconcile(1);
        await service.move({ advance: 'PT1S' });
        return seen(begun.id);
      });
      expect(done).toMatchObject({ isComplete: true, isClean: false });
      expect([place, done?.findings]).toEqual([place, [{ finding: 'PAYMENT_ALTERED', subject: id }]]);
    }
  });

  it('[A232] closing asks for a comparison first where more has come since than a request can look at', async () => {
    const { communityId } = estate;
    await reconcile(100_000);
    const forget = 'update book_reconciliation set verified_to = null where community_id = $1';
    await expect(service.sql(forget, [communityId])).rejects.toThrow('stays as it is');
    await service.sql('set session_replication_role = replica');
    await service.sql(forget, [communityId]);
    await service.sql('set session_replication_role = origin');
    const close = (month: string) => reasonOf(service, estate.director, 'closeLedgerPeriod', { communityId, month });
    expect(await close('2020-01')).toBeNull();
    await service.sql('set session_replication_role = replica');
    const grow =
      'update ledger_block set posting_count = posting_count + 300000 where community_id = $1 and height = 1';
    await service.sql(grow, [communityId]);
    await service.sql('set session_replication_role = origin');
    expect(await close('2020-02')).toBe('COMPARISON_REQUIRED');
    expect(await reasons(service, estate.clerk, 'reconcileBooks', { communityId, most: 0 })).toEqual(['EXTENT_UNFIT']);
  });
});
