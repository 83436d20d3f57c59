import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { Pool } from 'undici';

import type { LoadOperation, LoadOrder, LoadResult } from './load-messages.ts';
import { quantile } from './measure.ts';

/** Clients in a process of their own, so that they and what they measure do not share an event loop. */
const tickMs = 5;

type Outcome = 'good' | 'refused' | { failed: string };

const quantileOf = (values: number[], share: number): number =>
  Math.round(
    quantile(
      values.toSorted((a, b) => a - b),
      share,
    ),
  );

class Tally {
  readonly #startedAt = performance.now();
  readonly #good: number[] = [];
  readonly #refused: number[] = [];
  readonly #failed: Record<string, number> = {};
  #goodCommands = 0;
  sent = 0;

  note(outcome: Outcome, dueAt: number, isCommand: boolean): void {
    const took = performance.now() - dueAt;
    if (outcome === 'refused') return void this.#refused.push(took);
    if (outcome !== 'good') return void (this.#failed[outcome.failed] = (this.#failed[outcome.failed] ?? 0) + 1);
    this.#good.push(took);
    if (isCommand) this.#goodCommands += 1;
  }

  result(): LoadResult {
    return {
      seconds: (performance.now() - this.#startedAt) / 1000,
      sent: this.sent,
      good: this.#good.length,
      refused: this.#refused.length,
      failed: this.#failed,
      goodCommands: this.#goodCommands,
      p50ms: quantileOf(this.#good, 0.5),
      p99ms: quantileOf(this.#good, 0.99),
      refusedP99ms: quantileOf(this.#refused, 0.99),
    };
  }
}

function bodyOf({ query, command }: LoadOperation): string {
  if (command === undefined) return JSON.stringify({ query });
  const code = `L${randomBytes(8).toString('hex').toUpperCase()}`;
  return JSON.stringify({ query, variables: { input: { ...command, code, idempotencyKey: randomUUID() } } });
}

type Said = { errors?: { path?: unknown[]; extensions?: { reason?: string } }[] };

function outcomeOf(statusCode: number, text: string): Outcome {
  const { errors = [] } = JSON.parse(text) as Said;
  if (statusCode === 200 && errors.length === 0) return 'good';
  const reasons = errors.map(({ extensions }) => extensions?.reason ?? 'unknown').join(',');
  return statusCode === 503 && reasons === 'OVERLOADED' ? 'refused' : { failed: `${statusCode} ${reasons}` };
}

async function run(order: LoadOrder, stopping: AbortSignal): Promise<LoadResult> {
  const { url, token, operations, connections } = order;
  const pool = new Pool(url, { connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'accept-language': 'en' };
  const tally = new Tally();
  const send = async (dueAt: number): Promise<void> => {
    const operation = operations[tally.sent % operations.length] as LoadOperation;
    tally.sent += 1;
    try {
      const answer = await pool.request({ method: 'POST', path: '/graphql', headers, body: bodyOf(operation) });
      tally.note(outcomeOf(answer.statusCode, await answer.body.text()), dueAt, operation.command !== undefined);
    } catch (error) {
      tally.note({ failed: (error as { code?: string }).code ?? (error as Error).name }, dueAt, false);
    }
  };
  await (order.mode === 'closed' ? closedLoop(order, send, stopping) : openLoop(order, send, stopping));
  const result = tally.result();
  await pool.destroy();
  return result;
}

type Send = (dueAt: number) => Promise<void>;

async function closedLoop({ connections }: LoadOrder, send: Send, stopping: AbortSignal): Promise<void> {
  const client = async (): Promise<void> => {
    while (!stopping.aborted) await send(performance.now());
  };
  await Promise.all(Array.from({ length: connections }, client));
}

/**
 * What is still under way when the time is over is waited for: it was asked for in that time. Nothing is sent while every
 * connection waits for an answer, so that a machine that cannot keep up leaves no queue behind.
 */
async function openLoop({ perSecond = 1, connections }: LoadOrder, send: Send, stopping: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  const underWay = new Set<Promise<void>>();
  for (let sent = 0; !stopping.aborted;) {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    for (; sent < due; sent += 1) {
      if (underWay.size >= connections) continue;
      const sending = send(startedAt + (sent / perSecond) * 1000);
      underWay.add(sending);
      void sending.then(() => underWay.delete(sending));
    }
    await pause(tickMs);
  }
  await Promise.all(underWay);
}

process.once('disconnect', () => process.exit(1));
process.once('message', (order: LoadOrder) => {
  const stopping = new AbortController();
  process.once('message', () => stopping.abort());
  if (order.seconds !== undefined) setTimeout(() => stopping.abort(), order.seconds * 1000);
  void run(order, stopping.signal).then((result) => {
    process.send?.(result);
    process.removeAllListeners('disconnect');
    process.disconnect();
  });
});
