import { setTimeout as pause } from 'node:timers/promises';

import { newId } from '@steward/core';

import type { Rig } from './rig.ts';

/** Clients that move parcels and insist: each command is sent, with the key it had first, until it is answered. */
export type Load = {
  run(): void;
  /** Resolves when the last command under way has its answer. */
  rest(): Promise<void>;
  /** One command more, beside the others; the version its parcel has reached by it. */
  move(): Promise<{ parcelId: string; version: number }>;
  /** The commands answered since the last time, by key, with the version that was answered. */
  takeAnswered(): Map<string, number>;
  /** Gives up: commands under way are not sent again. */
  stop(): void;
};

const clients = 6;
const parcelCount = 48;
/** Between two commands of a client: busy, and the machine is left to the servers. */
const thinkMs = 90;
/** Shorter than a process stands stopped, so that its commands are sent again elsewhere while they may still run. */
const patienceMs = 600;
const pauseMs = 40;
const giveUpMs = 60_000;

const document = `mutation ($input: MoveParcelInput!) { moveParcel(input: $input) { parcelId version } }`;

type Answer = {
  data?: { moveParcel: { version: number } } | null;
  errors?: { message: string; extensions?: { code?: string; reason?: string } }[];
};

/** What a client may not shrug off and send again: it was told that it is wrong. */
const finalCodes = new Set(['BAD_USER_INPUT', 'CONFLICT', 'FORBIDDEN', 'NOT_FOUND']);

type Sending = { rig: Rig; stopping: AbortSignal };

async function ask(
  { rig, stopping }: Sending,
  url: string,
  parcelId: string,
  idempotencyKey: string,
): Promise<number | null> {
  const body = JSON.stringify({ query: document, variables: { input: { parcelId, idempotencyKey } } });
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await rig.proof(body)) },
    body,
    signal: AbortSignal.any([stopping, AbortSignal.timeout(patienceMs)]),
  });
  const { data, errors = [] } = (await response.json()) as Answer;
  const final = errors.find(({ extensions }) => finalCodes.has(extensions?.code ?? ''));
  if (final !== undefined) throw new Error(`a command was refused: ${final.extensions?.reason ?? final.message}`);
  return data?.moveParcel.version ?? null;
}

const isRefusal = (error: unknown): boolean => (error as Error).message.startsWith('a command was refused');

/** Sends it to one instance after the other until one answers. */
async function insist(sending: Sending, parcelId: string, key: string, first: number): Promise<number> {
  const end = Date.now() + giveUpMs;
  for (let attempt = first; Date.now() < end && !sending.stopping.aborted; attempt += 1) {
    const { depots } = sending.rig;
    const { url } = depots[attempt % 2] ?? depots[0];
    const version = await ask(sending, url, parcelId, key).catch((error: unknown) => {
      if (isRefusal(error)) throw error;
      return null;
    });
    if (version !== null) return version;
    await pause(pauseMs);
  }
  if (sending.stopping.aborted) throw new Error('the load was stopped');
  throw new Error(`a command was not answered within ${giveUpMs / 1_000} s`);
}

/** Begins every parcel, then leaves them to the clients. */
export async function openLoad(rig: Rig): Promise<Load> {
  const parcels = Array.from({ length: parcelCount }, newId);
  const stopping = new AbortController();
  const sending = { rig, stopping: stopping.signal };
  let answered = new Map<string, number>();
  let isRunning = false;
  let atWork: Promise<unknown> = Promise.resolve();
  let turn = 0;
  const move = async (parcelId: string): Promise<number> => {
    const key = newId();
    const version = await insist(sending, parcelId, key, (turn += 1));
    answered.set(key, version);
    return version;
  };
  const anyParcel = (): string => parcels[Math.floor(Math.random() * parcels.length)] ?? '';
  const client = async (): Promise<void> => {
    while (isRunning) {
      await move(anyParcel());
      await pause(thinkMs);
    }
  };
  for (let from = 0; from < parcels.length; from += clients)
    await Promise.all(parcels.slice(from, from + clients).map(move));
  return {
    run: () => {
      if (isRunning) return;
      isRunning = true;
      atWork = Promise.all(Array.from({ length: clients }, client));
      // Who rests the load hears of it.
      atWork.catch(() => (isRunning = false));
    },
    rest: async () => {
      isRunning = false;
      await atWork;
    },
    move: async () => {
      const parcelId = anyParcel();
      return { parcelId, version: await move(parcelId) };
    },
    takeAnswered: () => {
      const taken = answered;
      answered = new Map();
      return taken;
    },
    stop: () => {
      isRunning = false;
      stopping.abort();
    },
  };
}
