import { setTimeout as pause } from 'node:timers/promises';

import type { Viewer } from '@steward/auth';

import type { MoneyMove, MoneyMoved } from './money-moves.ts';
import type { Answer, ServiceProcess } from './service-process.ts';

/** A mutation that is asked for, and what of its answer is read. */
export type Question = { mutation: string; selection: string; input: { idempotencyKey: string } };

/** What a mutation answered; null with the reason where it was refused. */
export type Told = { answer: unknown; reason: string };

export type MoveInput = { communityId: string; idempotencyKey: string; move: MoneyMove };

/** What came of a move: what it moved, or why it was refused. */
export type Outcome = { moved: MoneyMoved | null; reason: string };

const patienceMilliseconds = 120_000;
const refusals = ['CONFLICT', 'BAD_USER_INPUT', 'NOT_FOUND', 'FORBIDDEN'];

/** Who dies is asked again; what says so often that it does not know what is wrong is a fault. */
const mostUnforeseen = 10;
const unforeseen = 'INTERNAL';

const inputType = (mutation: string): string => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;

/** One request with a field for each question: they are carried out one after another, each in a transaction of its own. */
function documentOf(questions: readonly Question[]): string {
  const variables = questions.map(({ mutation }, place) => `$i${place}: ${inputType(mutation)}`).join(', ');
  const fields = questions.map(
    ({ mutation, selection }, place) => `m${place}: ${mutation}(input: $i${place}) { ${selection} }`,
  );
  return `mutation (${variables}) { ${fields.join(' ')} }`;
}

type Answered = Answer<Record<string, unknown>> | null;

/** What a field was told; null where nobody knows yet whether it was carried out. */
function toldIn(answer: Answered, field: string, unforeseenBefore: number): Told | 'UNFORESEEN' | null {
  const error = answer?.errors?.find(({ path }) => path?.[0] === field)?.extensions;
  if (error === undefined) {
    const found = answer?.data?.[field];
    return found == null ? null : { answer: found, reason: '' };
  }
  const { code, reason = '' } = error;
  if (refusals.includes(code)) return { answer: null, reason };
  if (code !== unforeseen) return null;
  return unforeseenBefore + 1 < mostUnforeseen ? 'UNFORESEEN' : { answer: null, reason: unforeseen };
}

/** Asks until each question has its answer, with the same keys: a service that died may have done some of them or not. */
export async function askAll(service: ServiceProcess, questions: readonly Question[], asker?: Viewer): Promise<Told[]> {
  const end = Date.now() + patienceMilliseconds;
  const told = new Map<Question, Told>();
  const strange = new Map<Question, number>();
  for (let left = [...questions]; left.length > 0; left = left.filter((question) => !told.has(question))) {
    const variables = Object.fromEntries(left.map(({ input }, place) => [`i${place}`, input]));
    const answer = await service.ask<Record<string, unknown>>(documentOf(left), variables, asker).catch(() => null);
    for (const [place, question] of left.entries()) {
      const times = strange.get(question) ?? 0;
      const one = toldIn(answer, `m${place}`, times);
      if (one === 'UNFORESEEN') strange.set(question, times + 1);
      else if (one !== null) told.set(question, one);
    }
    if (Date.now() > end)
      throw new Error(`no answer within ${patienceMilliseconds} ms: ${answer?.errors?.[0]?.message}`);
    if (told.size < questions.length) await pause(20);
  }
  return questions.map((question) => told.get(question) as Told);
}

/** Counts why something was refused; what nobody foresaw is a fault. */
export function countRefusals(
  { refused, faults }: { refused: Record<string, number>; faults: string[] },
  what: string,
  told: readonly { reason: string }[],
): void {
  for (const { reason } of told) {
    if (reason !== '') refused[reason] = (refused[reason] ?? 0) + 1;
    if (reason === unforeseen) faults.push(`${what}: an error that nobody foresaw`);
  }
}

export async function carryOutAll(service: ServiceProcess, inputs: readonly MoveInput[]): Promise<Outcome[]> {
  const questions = inputs.map((input) => ({ mutation: 'moveMoney', selection: 'moved', input }));
  const told = await askAll(service, questions);
  return told.map(({ answer, reason }) => ({ moved: (answer as { moved: MoneyMoved } | null)?.moved ?? null, reason }));
}

export const carryOut = async (service: ServiceProcess, input: MoveInput): Promise<Outcome> =>
  (await carryOutAll(service, [input]))[0] as Outcome;

/**
 * Asks for several operations in as many requests at once as one of them is asked for: the repeated ones begin, and so
 * meet. Answers what each was told, in the order in which it was asked for.
 */
export async function askAtOnce<Asked, Heard>(
  operations: readonly (readonly Asked[])[],
  ask: (inputs: Asked[]) => Promise<Heard[]>,
): Promise<Heard[][]> {
  const order = operations.map((_operation, index) => index);
  order.sort((one, other) => (operations[other]?.length ?? 0) - (operations[one]?.length ?? 0));
  const lanes = Math.max(0, ...operations.map(({ length }) => length));
  const answers = await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      ask(order.flatMap((index) => operations[index]?.slice(lane, lane + 1) ?? [])),
    ),
  );
  return operations.map((operation, index) =>
    operation.map((_asked, lane) => answers[lane]?.[order.indexOf(index)] as Heard),
  );
}
