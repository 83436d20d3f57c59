import { describe, expect, test } from '@jest/globals';
import type { JsMsg } from '@nats-io/jetstream';

import { Inbox } from '../src/consumer/inbox.ts';

const message = (deliverySequence: number): JsMsg => ({ info: { deliverySequence } }) as JsMsg;

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
