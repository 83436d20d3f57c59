import { expect, test } from '@jest/globals';
test('a', () => expect(1 as number).toBe(1));
