import { expect, test } from '@jest/globals';
import { checkLabels } from './check-labels.ts';
import { readSchema } from './schema-model.ts';

const schema = readSchema(
  'services/hr/schema.graphql',
  'hr',
  `type Mutation {
  "Hires. Refusals: STAFF_LEFT, STALE_VERSION."
  hireStaff: String
}
enum StaffStatus { EMPLOYED }
enum StaffOrder { NUMBER }
type Staff { name: String }`,
);

const texts = { 'reason.STAFF_LEFT': 'x', 'StaffStatus.EMPLOYED': 'x', 'Staff.name': 'x', 'trade.PLUMBING': 'x' };

function messages(en: Record<string, string>, zh: Record<string, string> = en): string[] {
  const labels = { en, 'zh-CN': zh, common: new Set(['STALE_VERSION']) };
  return checkLabels(schema, labels, 'services/hr').map(({ message }) => message);
}

const without = (key: keyof typeof texts): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([name]) => name !== key));

test('complete labels have no findings; sort orders and codes need none', () => {
  expect(messages(texts)).toEqual([]);
});

test.each([
  ['a listed refusal without a text', messages(without('reason.STAFF_LEFT')), /refusal STAFF_LEFT has no text/],
  [
    'a text for a refusal that is not listed',
    messages({ ...texts, 'reason.LATE': 'x' }),
    /LATE is listed in no docstring/,
  ],
  ['a value without a name', messages(without('StaffStatus.EMPLOYED')), /StaffStatus.EMPLOYED has no text/],
  ['a name of nothing', messages({ ...texts, 'Staff.age': 'x' }), /Staff.age is not in the schema/],
  ['a text in English only', messages(texts, without('trade.PLUMBING')), /PLUMBING has no text in zh-CN/],
  ['a text in Chinese only', messages(without('trade.PLUMBING'), texts), /PLUMBING has no text in en/],
])('%s is found', (_name, found, message) => {
  expect(found).toEqual([expect.stringMatching(message)]);
});
