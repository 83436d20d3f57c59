import { expect, test } from '@jest/globals';
import { createOperationCache } from '../src/operation-cache.ts';

const entry = (name: string): { name: string } => ({ name });
const aCache = () => createOperationCache<{ name: string }>({ knownBytes: 10_000, newBytes: 1_000, bytesOf: () => 90 });

test('what is asked for again outlives any number of operations that come once', async () => {
  const cache = aCache();
  await cache.set('known', entry('known'));
  expect(await cache.get('known')).toEqual(entry('known'));
  for (let index = 0; index < 5_000; index += 1) await cache.set(`once-${index}`, entry('once'));
  expect(await cache.get('known')).toEqual(entry('known'));
  // Of those that came once only the newest are held: the cache has not grown with their number.
  const held = [];
  for (let index = 0; index < 5_000; index += 1) if ((await cache.get(`once-${index}`)) !== undefined) held.push(index);
  expect(held.length).toBeLessThanOrEqual(10);
  expect(held.at(-1)).toBe(4_999);
});

test('known operations have a bound as well, and the longest unused leaves first', async () => {
  const cache = aCache();
  for (let index = 0; index < 300; index += 1) {
    await cache.set(`op-${index}`, entry('op'));
    await cache.get(`op-${index}`);
  }
  expect(await cache.get('op-0')).toBeUndefined();
  expect(await cache.get('op-299')).toEqual(entry('op'));
});

test('a flood that asks for everything twice does not push out what is asked for often; what nobody asks for any more goes', async () => {
  const cache = aCache();
  await cache.set('often', entry('often'));
  for (let uses = 20; uses > 0; uses -= 1) await cache.get('often');
  const flood = async (from: number, to: number): Promise<void> => {
    for (let index = from; index < to; index += 1) {
      await cache.set(`twice-${index}`, entry('twice'));
      await cache.get(`twice-${index}`);
    }
  };
  await flood(0, 500);
  expect(await cache.get('often')).toEqual(entry('often'));
  await flood(500, 5_000);
  expect(await cache.get('often')).toBeUndefined();
  expect(await cache.get('twice-4999')).toEqual(entry('twice'));
});

test('what is kept has a bound of its own', async () => {
  const cache = createOperationCache<{ name: string }>({
    knownBytes: 1_000,
    newBytes: 1_000,
    bytesOf: () => 90,
    isKept: (key) => key.startsWith('kept'),
    keptBytes: 1_000,
  });
  for (let index = 0; index < 100; index += 1) await cache.set(`kept-${index}`, entry('kept'));
  for (let index = 0; index < 100; index += 1) await cache.set(`other-${index}`, entry('other'));
  expect(await cache.get('kept-99')).toEqual(entry('kept'));
  expect(await cache.get('kept-0')).toBeUndefined();
});

test('what was renewed is answered, what was deleted or cleared is not', async () => {
  const cache = aCache();
  await cache.set('a', entry('old'));
  await cache.get('a');
  await cache.set('a', entry('new'));
  expect(await cache.get('a')).toEqual(entry('new'));
  await cache.delete('a');
  expect(await cache.get('a')).toBeUndefined();
  await cache.set('b', entry('b'));
  cache.clear();
  expect(await cache.get('b')).toBeUndefined();
});

test('an entry larger than the whole cache is not kept', async () => {
  const cache = createOperationCache<{ name: string }>({ knownBytes: 100, newBytes: 100, bytesOf: () => 1_000 });
  await cache.set('huge', entry('huge'));
  expect(await cache.get('huge')).toBeUndefined();
});
