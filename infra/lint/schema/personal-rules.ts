import { soundsPersonal } from './personal-names.ts';
import { notPersonal } from './personal-reasons.ts';
import { hasDirective, rootTypes, type Schema } from './schema-model.ts';
import type { SchemaRule } from './schema-rule.ts';

const holdsValues = new Set(['String', 'LocalDate']);

type Reason = { pattern: string; fits: RegExp };

const reasons: Reason[] = Object.values(notPersonal)
  .flat()
  .map((pattern) => ({
    pattern,
    fits: new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[A-Za-z]*')}$`),
  }));

/** What is told or typed about people is marked, so that it is sealed, masked and searched for where it must not lie. */
export const personalIsMarked: SchemaRule = (type, complain) => {
  if (rootTypes.has(type.name) || !['object', 'interface', 'input'].includes(type.kind)) return;
  for (const field of type.fields) {
    const path = `${type.name}.${field.name}`;
    if (!holdsValues.has(field.type) || !soundsPersonal(field.name) || hasDirective(field, 'pii')) continue;
    if (reasons.some(({ fits }) => fits.test(path))) continue;
    complain(field, `${path} sounds personal: mark it @pii, or say in personal-reasons.ts why it is not`);
  }
};

/** Patterns of reasons that no unmarked field of any schema needs any more. */
export function idleReasons(schemas: readonly Schema[], listed: readonly Reason[] = reasons): string[] {
  const unmarked = schemas.flatMap(({ types }) =>
    types.flatMap((type) =>
      type.fields.filter((field) => !hasDirective(field, 'pii')).map(({ name }) => `${type.name}.${name}`),
    ),
  );
  return listed.filter(({ fits }) => !unmarked.some((path) => fits.test(path))).map(({ pattern }) => pattern);
}
