import { describe, expect, test } from '@jest/globals';

import { decide, type Decision, type Standing } from '../src/consumer/decide.ts';
import type { Plan } from '../src/subscriptions.ts';

const advance: Plan = { kind: 'advance' };
const refuse: Plan = { kind: 'refuse', reason: 'DATA_INVALID', detail: {} };

const unseen: Standing = { tenantId: null, version: 0, parkedFrom: null };
const atThree: Standing = { tenantId: 'a', version: 3, parkedFrom: null };
const parkedAtFive: Standing = { tenantId: 'a', version: 3, parkedFrom: 5 };

describe('what a consumer does about a fact', () => {
  test.each<[string, number, string, Plan, Standing, Decision]>([
    ['the first fact of an aggregate', 1, 'a', advance, unseen, 'next'],
    ['a later fact of an aggregate never seen', 2, 'a', advance, unseen, 'gap'],
    ['the fact after the position', 4, 'a', advance, atThree, 'next'],
    ['the fact at the position', 3, 'a', advance, atThree, 'done'],
    ['a fact below the position', 1, 'a', advance, atThree, 'done'],
    ['a fact beyond the next', 5, 'a', advance, atThree, 'gap'],
    ['a fact that cannot be read', 4, 'a', refuse, atThree, 'refused'],
    ['an old fact that cannot be read', 2, 'a', refuse, atThree, 'done'],
    ['a fact of another tenant', 4, 'b', advance, atThree, 'foreign'],
    ['a fact behind a parked one', 6, 'a', advance, parkedAtFive, 'waiting'],
    ['a parked fact that comes again', 5, 'a', advance, parkedAtFive, 'waiting'],
    ['the missing fact before a parked one', 4, 'a', advance, parkedAtFive, 'next'],
    ['a missing fact that is still not the next', 5, 'a', advance, { ...parkedAtFive, parkedFrom: 7 }, 'gap'],
  ])('%s', (_what, version, tenantId, plan, standing, decision) => {
    expect(decide({ version, tenantId, plan }, standing)).toBe(decision);
  });
});
