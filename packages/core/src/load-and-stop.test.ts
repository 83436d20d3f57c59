import { Agent, createServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';

import { describe, expect, test } from '@jest/globals';

import { createGate, type Leave } from './gate.ts';
import { drainable, listenOn } from './http-server.ts';
import { askedDeadlineMs, requestDeadlineIn } from './request-deadline.ts';

describe('a gate', () => {
  const inside = async (gate: ReturnType<typeof createGate>, weight = 1): Promise<Leave> => {
    const leave = await gate.entered({ weight });
    if (leave === undefined) throw new Error('refused');
    return leave;
  };

  test('lets in so many, lets so many wait, and refuses the rest at once', async () => {
    const gate = createGate({ most: 2, waiting: 1, waitMs: 60_000 });
    const [first] = [await inside(gate), await inside(gate)];
    const waiting = gate.entered();
    expect(await gate.entered()).toBeUndefined();
    expect([gate.underWay(), gate.waiting()]).toEqual([2, 1]);
    first?.();
    first?.();
    expect(await waiting).toBeInstanceOf(Function);
    expect([gate.underWay(), gate.waiting()]).toEqual([2, 0]);
  });

  test('refuses whoever has waited too long, by its own patience or by theirs', async () => {
    const gate = createGate({ most: 1, waiting: 9, waitMs: 40 });
    await inside(gate);
    expect(await gate.entered()).toBeUndefined();
    expect(await gate.entered({ waitMs: 1 })).toBeUndefined();
    expect(await gate.entered({ waitMs: 0 })).toBeUndefined();
    expect(gate.waiting()).toBe(0);
  });

  test('lets in by turn: what is small does not overtake what is large', async () => {
    const gate = createGate({ most: 3, waiting: 9, waitMs: 60_000 });
    const leave = await inside(gate, 2);
    const order: string[] = [];
    const large = gate.entered({ weight: 2 }).then((out) => (order.push('large'), out));
    const small = gate.entered().then((out) => (order.push('small'), out));
    leave();
    await Promise.all([large, small]);
    expect(order).toEqual(['large', 'small']);
  });

  test('lets in what is larger than itself when it is alone', async () => {
    const gate = createGate({ most: 2, waiting: 0, waitMs: 1 });
    expect(await gate.entered({ weight: 5 })).toBeInstanceOf(Function);
    expect(await gate.entered()).toBeUndefined();
  });

  test('is narrowed and widened, never beyond what it was made for', async () => {
    const gate = createGate({ most: 2, waiting: 1, waitMs: 60_000 });
    await inside(gate);
    gate.narrow(1);
    const waiting = gate.entered();
    expect([gate.width(), gate.waiting()]).toEqual([1, 1]);
    gate.narrow(9);
    expect(await waiting).toBeInstanceOf(Function);
    expect(gate.width()).toBe(2);
  });
});

describe('a server that is drained', () => {
  async function aServer(listener: RequestListener) {
    const server = createServer(listener);
    const drain = drainable(server);
    const url = await listenOn(server, { HOST: '127.0.0.1', PORT: 0, REUSE_PORT: '0' });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (by: Agent | false = agent): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => void get(url, { agent: by }, resolve).once('error', reject));
    const said = async (): Promise<[string, string | undefined]> => {
      const answer = await ask();
      return [await text(answer), answer.headers.connection];
    };
    return { server, drain, ask, said };
  }

  test('answers what comes on a connection that was idle, asks it to close, and takes no new one', async () => {
    const { drain, ask, said } = await aServer((_request, response) => response.end('hello'));
    expect(await said()).toEqual(['hello', 'keep-alive']);
    const drained = drain({ idleMs: 60_000, graceMs: 60_000 });
    expect(await said()).toEqual(['hello', 'close']);
    await drained;
    await expect(ask(false)).rejects.toThrow('ECONNREFUSED');
  });

  test('lets what is under way end, and says with its answer that the connection does', async () => {
    const { server, drain, said } = await aServer((_request, response) => {
      server.once('finish now', () => response.end('late'));
      server.emit('asked');
    });
    const asked = new Promise((resolve) => server.once('asked', resolve));
    const answer = said();
    await asked;
    const drained = drain({ idleMs: 0, graceMs: 60_000 });
    await new Promise(setImmediate);
    server.emit('finish now');
    expect(await answer).toEqual(['late', 'close']);
    await drained;
  });

  test('closes what stays idle, and cuts what never ends', async () => {
    const { drain, said } = await aServer((_request, response) => response.end('hello'));
    await said();
    await drain({ idleMs: 1, graceMs: 60_000 });
    const hung = await aServer(() => void hung.server.emit('asked'));
    const asked = new Promise((resolve) => hung.server.once('asked', resolve));
    const answer = hung.said();
    await asked;
    await Promise.all([expect(answer).rejects.toThrow(), hung.drain({ idleMs: 0, graceMs: 1 })]);
  });
});

test.each([
  [undefined, undefined],
  ['250', 250],
  ['0', null],
  ['-1', null],
  ['1.5', null],
  ['9999999999', null],
  ['', null],
])('a deadline header %p says %p', (header, milliseconds) => {
  expect(askedDeadlineMs(header)).toBe(milliseconds);
});

test('a deadline has less and less left', () => {
  expect(requestDeadlineIn(1_000).leftMs()).toBeLessThanOrEqual(1_000);
  expect(requestDeadlineIn(-1).leftMs()).toBeLessThan(0);
});
