import type { Finding } from '../finding.ts';
import { rootTypes, type Schema, type SchemaType } from './schema-model.ts';

/** Texts of a service by key, in both languages, and the reasons that the kit has texts for. */
export type ServiceLabels = {
  en: Record<string, string>;
  'zh-CN': Record<string, string>;
  common: ReadonlySet<string>;
};

/**
 * A refusal that a docstring lists has a text, and one with a text is listed; every value of an enum has a name; no
 * label speaks of something that the schema no longer has.
 */
export function checkLabels(schema: Schema, labels: ServiceLabels, directory: string): Finding[] {
  const listed = reasonsListed(schema);
  const known = coordinates(schema);
  const own = Object.keys(labels.en);
  const inFile = (file: string, message: string): Finding => ({ file, line: 1, message });
  const inLabels = (message: string): Finding => inFile(`${directory}/src/labels.en.ts`, message);
  return [
    ...own.filter((key) => !(key in labels['zh-CN'])).map((key) => inLabels(`${key} has no text in zh-CN`)),
    ...Object.keys(labels['zh-CN'])
      .filter((key) => !(key in labels.en))
      .map((key) => inFile(`${directory}/src/labels.zh-CN.ts`, `${key} has no text in en`)),
    ...[...listed]
      .filter(([reason]) => !(`reason.${reason}` in labels.en) && !labels.common.has(reason))
      .map(([reason, line]) => ({ file: schema.file, line, message: `the refusal ${reason} has no text` })),
    ...own
      .filter((key) => key.startsWith('reason.') && !listed.has(key.slice('reason.'.length)))
      .map((key) => inLabels(`${key} is listed in no docstring of a field ("Refusals: ...")`)),
    ...enumValues(schema)
      .filter((value) => !(value in labels.en))
      .map((value) => inLabels(`${value} has no text`)),
    ...own.filter((key) => /^[A-Z]/.test(key) && !known.has(key)).map((key) => inLabels(`${key} is not in the schema`)),
  ];
}

/** Reason -> line of a field that lists it: the words in capitals behind "Refusals" in its docstring. */
function reasonsListed(schema: Schema): Map<string, number> {
  const reasons = new Map<string, number>();
  for (const { fields } of schema.types.filter(({ name }) => rootTypes.has(name))) {
    for (const { description, line } of fields) {
      const list = /\bRefusals\b([\s\S]*)$/.exec(description)?.[1] ?? '';
      for (const [reason] of list.matchAll(/\b[A-Z]+(_[A-Z0-9]+)+\b/g)) reasons.set(reason, line);
    }
  }
  return reasons;
}

// How a list is sorted is chosen by a program and never shown.
const isShown = (type: SchemaType): boolean => type.kind === 'enum' && !type.name.endsWith('Order');

function enumValues(schema: Schema): string[] {
  return schema.types.filter(isShown).flatMap((type) => type.enumValues.map(({ name }) => `${type.name}.${name}`));
}

function coordinates(schema: Schema): Set<string> {
  return new Set(
    schema.types.flatMap((type) => [...type.fields, ...type.enumValues].map(({ name }) => `${type.name}.${name}`)),
  );
}
