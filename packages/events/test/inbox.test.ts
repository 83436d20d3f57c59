import { describe, expect, test } from '@jest/globals';
import type { JsMsg } from '@nats-io/jetstream';

import { Inbox } from '../src/consumer/inbox.ts';

const message = (deliverySequence: number, pending = 0): JsMsg => ({ info: { deliverySequence, pending } }) as JsMsg;

const numbers = (messages: readonly JsMsg[]): number[] => messages.map(({ info }) => info.deliverySequence);

describe('the inbox', () => {
  test('gives what has arrived, at most as many as wanted', async () => {
    const inbox = new Inbox(4);
    for (const number of [5, 6, 7]) inbox.push(message(number));
    expect(numbers(await inbox.take(2, 10_000))).toEqual([5, 6]);
    expect(numbers(await inbox.take(2, 10_000))).toEqual([7]);
  });

  test('waits for the first message, and no longer than told', async () => {
    const inbox = new Inbox(0);
    expect(await inbox.take(10, 5)).toEqual([]);
    const taken = inbox.take(10, 10_000);
    inbox.push(message(1));
    expect(numbers(await taken)).toEqual([1]);
  });

  test('waits for those that the broker has as well, until there are as many as wanted', async () => {
    const inbox = new Inbox(0, { backlog: 60_000, trickle: 0 });
    inbox.push(message(1, 2));
    const taken = inbox.take(3, 10_000);
    inbox.push(message(2, 1));
    inbox.push(message(3, 0));
    expect(numbers(await taken)).toEqual([1, 2, 3]);
    inbox.push(message(4, 0));
    expect(numbers(await inbox.take(3, 10_000))).toEqual([4]);
  });

  test.each([
    ['one is missing', [1, 3]],
    ['one was there before', [1, 1]],
    ['another one reads as well', [2]],
  ])('fails when %s: what follows would overtake it', async (_what, delivered) => {
    const inbox = new Inbox(0);
    for (const number of delivered) inbox.push(message(number));
    await expect(inbox.take(10, 10_000)).rejects.toThrow('came instead of');
  });

  test('keeps failing once the connection has gone', async () => {
    const inbox = new Inbox(0);
    inbox.fail(new Error('the broker has gone'));
    inbox.push(message(1));
    await expect(inbox.take(10, 10_000)).rejects.toThrow('the broker has gone');
  });
});
