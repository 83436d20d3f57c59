import { directiveArgument, hasDirective, rootTypes } from './schema-model.ts';
import type { SchemaRule } from './schema-rule.ts';

/** The schema is the contract: a front-end developer reads it and nothing else. */
export const docstrings: SchemaRule = (type, complain) => {
  if (!type.isExtension && !rootTypes.has(type.name) && type.description === '') {
    complain(type, `${type.name} has no docstring`);
  }
  for (const field of type.fields) {
    const isKeyOfStub = type.isExtension && field.name === 'id';
    if (field.description === '' && !isKeyOfStub) complain(field, `${type.name}.${field.name} has no docstring`);
  }
};

export const deprecations: SchemaRule = (type, complain) => {
  for (const member of [...type.fields, ...type.enumValues]) {
    if (!hasDirective(member, 'deprecated')) continue;
    const reason = directiveArgument(member, 'deprecated', 'reason') ?? '';
    if (!/\d{4}-\d{2}-\d{2}/.test(reason)) {
      complain(member, `${type.name}.${member.name} is deprecated without a reason that names the day of removal`);
    }
  }
};
