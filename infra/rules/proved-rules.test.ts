import { expect, test } from '@jest/globals';
import { provedRules } from './proved-rules.ts';
import { namePatternOf, readRules, rulesNamedBy } from './rule-catalog.ts';

// No title here may carry a rule in brackets: it would pass for a proof of that rule.
const rules = ['A069', 'A070', 'A071'].map((id) => ({ id, service: 'work-orders', text: id }));
const ran = (name: string, passed = true) => ({ file: 'a.test.ts', name, passed });

test('a rule is proved by passed tests that name it, alone or with others', () => {
  const tests = [ran('visits > [A069] all'), ran('[A069, A070] safety'), ran('no rule')];
  expect(provedRules(rules, { tests })).toEqual({
    proved: {
      A069: ['a.test.ts > visits > [A069] all', 'a.test.ts > [A069, A070] safety'],
      A070: ['a.test.ts > [A069, A070] safety'],
    },
    unproved: ['A071'],
    unknown: [],
  });
});

test('a failing test leaves its rule unproved, whatever else passed', () => {
  expect(provedRules(rules, { tests: [ran('[A069] a'), ran('[A069] b', false)] }).unproved).toContain('A069');
});

test('an ID that is no rule is reported', () => {
  expect(provedRules(rules, { tests: [ran('[A999] a')] }).unknown).toEqual(['A999']);
});

test('an article of the law is found like a rule and is no unknown one', () => {
  const name = ['[Civil Code 278', 'A072] a vote'].join(', ');
  expect(rulesNamedBy(name)).toEqual(['Civil Code 278', 'A072']);
  expect(new RegExp(namePatternOf('Civil Code 278')).test(name)).toBe(true);
  expect(provedRules(rules, { tests: [ran(name), ran('[A999] a')] }).unknown).toEqual(['A072', 'A999']);
});

test.each(['[A072] x', 'a > [A071, A072] x', '[A072, B013] x'])(
  'the name pattern of a rule finds its tests, case %#',
  (name) => {
    expect(rulesNamedBy(name)).toContain('A072');
    expect(new RegExp(namePatternOf('A072')).test(name)).toBe(true);
  },
);

test.each(['[A073] x', 'A072 x', '[A0721] x'])('the name pattern of a rule leaves other tests, case %#', (name) => {
  expect(rulesNamedBy(name)).not.toContain('A072');
  expect(new RegExp(namePatternOf('A072')).test(name)).toBe(false);
});

test('the catalogue has every rule once, each with its service', () => {
  const all = readRules();
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.filter(({ service }) => service === 'work-orders')).toHaveLength(21);
  expect(all.every(({ id, service, text }) => /^[AB]\d{3}$/.test(id) && service !== '' && text !== '')).toBe(true);
});
