import { describe, expect, test } from '@jest/globals';
import { buildSchema, getVariableValues, parse, validate, type OperationDefinitionNode } from 'graphql';

import { withoutValues } from './value-faults.ts';

const schema = buildSchema(`
  enum Kind { PHONE VISIT }
  input Row { name: String! age: Int kind: Kind id: ID }
  input Input { rows: [Row!]! contact: Row phone: String }
  type Query { ask(input: Input, age: Int, kind: Kind): Int }
`);

const faultsOf = (variables: Record<string, unknown>): string[] => {
  const [operation] = parse('query ($input: Input, $age: Int) { ask(input: $input, age: $age) }').definitions;
  const { variableDefinitions = [] } = operation as OperationDefinitionNode;
  return (getVariableValues(schema, variableDefinitions, variables).errors ?? []).map(({ message }) =>
    withoutValues(message),
  );
};

describe('what is said of a value that does not fit', () => {
  test.each([
    [{ age: '王小明' }, ['Variable "$age" got an invalid value.']],
    [
      { input: { rows: [{ name: '王小明', age: '138' }] } },
      ['Variable "$input" got an invalid value at "input.rows[0].age".'],
    ],
    [{ input: { rows: [], phone: 13_800_138_000 } }, ['Variable "$input" got an invalid value at "input.phone".']],
    [
      { input: { rows: [{ name: '王小明', kind: '王小明' }] } },
      ['Variable "$input" got an invalid value at "input.rows[0].kind".'],
    ],
    [
      { input: { rows: [], contact: { age: 3 } } },
      [
        'Variable "$input" got an invalid value at "input.contact"; Field "name" of required type "String!" was not provided.',
      ],
    ],
    [
      { input: { rows: [], pone: '王小明' } },
      ['Variable "$input" got an invalid value; Field "pone" is not defined by type "Input".'],
    ],
    [
      { input: { rows: [{ name: null }] } },
      [
        'Variable "$input" got an invalid value at "input.rows[0].name"; Expected non-nullable type "String!" not to be null.',
      ],
    ],
    [
      { input: { rows: [], phone: { a: '; Field "王小明" is' } } },
      ['Variable "$input" got an invalid value at "input.phone".'],
    ],
  ])('of %j', (variables, told) => expect(faultsOf(variables)).toEqual(told));

  test.each([
    ['{ ask(age: "王小明") }', 'Int cannot represent non-integer value.'],
    ['{ ask(kind: 王小明) }', null],
    ['{ ask(kind: "王小明") }', 'Enum "Kind" cannot represent non-enum value.'],
    ['{ ask(kind: SECRET) }', 'A value does not exist in "Kind" enum.'],
    ['{ ask(input: "王小明") }', 'Expected value of type "Input".'],
    ['{ asked }', 'Cannot query field "asked" on type "Query". Did you mean "ask"?'],
  ])('of the literal in %s', (document, told) => {
    const parsed = told === null ? null : parse(document);
    if (parsed === null) expect(() => parse(document)).toThrow(/Syntax Error/);
    else expect(validate(schema, parsed).map(({ message }) => withoutValues(message))).toEqual([told]);
  });
});
