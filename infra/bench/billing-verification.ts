import { runCommunity } from './billing-data.ts';
import type { BillingProcess } from './billing-service.ts';

const verify = `query ($communityId: ID!, $after: String) {
  verifyLedger(communityId: $communityId, after: $after) { isIntact next findings { finding } }
}`;

type Answer = { isIntact: boolean; next: string | null; findings: { finding: string }[] };

export type VerificationFigures = {
  postings: number;
  answers: number;
  seconds: number;
  /** How long one answer may keep whoever asked waiting. */
  longestSeconds: number;
};

const director = { role: 'director' } as const;

/** The whole ledger and its papers recomputed, answer by answer, as an auditor asks for it. */
export async function measureVerification(service: BillingProcess): Promise<VerificationFigures> {
  const { rows } = await service.admin.query<{ postings: number }>(
    'select sum(posting_count)::int as postings from ledger_block where community_id = $1',
    [runCommunity],
  );
  await service.startService();
  const times: number[] = [];
  let after: string | null = null;
  let isIntact = false;
  do {
    const startedAt = performance.now();
    const answer: { verifyLedger: Answer } = await service.ask(director, verify, { communityId: runCommunity, after });
    times.push((performance.now() - startedAt) / 1000);
    const { findings, next } = answer.verifyLedger;
    if (findings.length > 0) throw new Error(`the books do not verify: ${findings[0]?.finding}`);
    ({ isIntact } = answer.verifyLedger);
    after = next;
  } while (after !== null);
  await service.stopService();
  if (!isIntact) throw new Error('the verification did not come to its end');
  const seconds = times.reduce((sum, time) => sum + time, 0);
  return { postings: rows[0]?.postings ?? 0, answers: times.length, seconds, longestSeconds: Math.max(...times) };
}
