import { setTimeout as pause } from 'node:timers/promises';

import { runKinds, runPeriod } from './billing-data.ts';
import type { BillingProcess } from './billing-service.ts';
import { mostMemory } from './process-figures.ts';

const start = `mutation ($input: StartChargeRunInput!) { startChargeRun(input: $input) { chargeRun { id } } }`;
const post = `mutation ($input: PostChargeRunInput!) { postChargeRun(input: $input) { chargeRun { id } } }`;
const look = `query ($id: ID!) { chargeRun(id: $id) { status lineCount total { amount } } }`;

const clerk = { role: 'clerk' } as const;
const supervisor = { role: 'supervisor' } as const;

type Seen = { status: string; lineCount: number; total: { amount: number } };

async function until(service: BillingProcess, id: string, status: string): Promise<Seen> {
  for (;;) {
    const { chargeRun } = await service.ask<{ chargeRun: Seen }>(clerk, look, { id });
    if (chargeRun.status === status) return chargeRun;
    await pause(100);
  }
}

export type RunFigures = { seconds: number; lines: number; total: number; memoryMb: number | undefined };

async function runOnce(service: BillingProcess, communityId: string): Promise<Omit<RunFigures, 'memoryMb'>> {
  const startedAt = performance.now();
  const input = { communityId, chargeTypeCodes: runKinds, ...runPeriod };
  const started = await service.ask<{ startChargeRun: { chargeRun: { id: string } } }>(clerk, start, { input });
  const { id } = started.startChargeRun.chargeRun;
  await until(service, id, 'PREVIEWED');
  await service.ask(supervisor, post, { input: { id } });
  const { lineCount: lines, total } = await until(service, id, 'POSTED');
  return { seconds: (performance.now() - startedAt) / 1000, lines, total: total.amount };
}

/** A run in a service that was started for it, from the click on "start" over the preview to the last posting. */
export async function runCharges(service: BillingProcess, communityId: string): Promise<RunFigures> {
  await service.startService();
  const { result, mostMb: memoryMb } = await mostMemory(service.pid(), runOnce(service, communityId));
  await service.stopService();
  // The notices to the households would share the machine with what is measured next.
  await service.admin.query(`delete from timer where state = 'WAITING'`);
  await service.admin.query('vacuum analyze');
  return { ...result, memoryMb };
}

/** The chain is what a block's hash is taken over, and the hash; everything else stays as it is. */
export async function withoutChain(service: BillingProcess): Promise<void> {
  await service.admin.query(`
    create or replace function ledger_line(transaction_id uuid, line int, kind text, occurred_on date,
        cause_service text, cause_type text, cause_id uuid, reverses_id uuid, account_id uuid, amount bigint,
        charge_id uuid) returns text language sql immutable parallel safe return ''`);
  await service.admin.query(`
    create or replace function ledger_block_hash(previous_hash bytea, community uuid, height bigint,
        posted_at timestamptz, lines text) returns bytea language sql immutable parallel safe return previous_hash`);
}
