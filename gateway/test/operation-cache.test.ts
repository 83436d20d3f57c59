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
