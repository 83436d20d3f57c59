import { fieldsAndArguments, type SchemaRule } from './schema-rule.ts';

const neverAlone = new Set('Status Item Task Document Event Visit Notice Case Account Handover'.split(' '));

/** Cases of letters, and nouns that mean nothing without the aggregate in front of them. */
export const names: SchemaRule = (type, complain) => {
  if (neverAlone.has(type.name)) complain(type, `${type.name} stands alone; put the aggregate in front of it`);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(type.name)) complain(type, `${type.name} is not PascalCase`);
  for (const { field, path } of fieldsAndArguments(type)) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(field.name)) complain(field, `${path} is not camelCase`);
  }
  for (const value of type.enumValues) {
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(value.name))
      complain(value, `${type.name}.${value.name} is not UPPER_SNAKE`);
  }
};

// Ends of a half-open range and bounds of a filter say by themselves that they are times.
const bound = /^(from|to|before|after|until)$|(From|To|Before|After|Until)$/;

const suffixes: { type: string; fits: (name: string) => boolean; wanted: string; reserved: RegExp | null }[] = [
  {
    type: 'DateTime',
    fits: (name) => /^at$|At$/.test(name) || bound.test(name),
    wanted: 'somethingAt',
    reserved: /[a-z]At$/,
  },
  {
    type: 'LocalDate',
    fits: (name) => /^on$|On$/.test(name) || bound.test(name),
    wanted: 'somethingOn',
    reserved: /[a-z]On$/,
  },
  { type: 'Boolean', fits: (name) => /^is[A-Z]/.test(name), wanted: 'isSomething', reserved: /^is[A-Z]/ },
  { type: 'Int', fits: () => true, wanted: 'somethingCount', reserved: /[a-z]Count$/ },
];

/** The name tells the type of a time, a day, a truth value and a count, and those names are kept for them. */
export const suffixesOfTypes: SchemaRule = (type, complain) => {
  for (const { field, path } of fieldsAndArguments(type)) {
    if (field.isList) continue;
    for (const suffix of suffixes) {
      const isOfType = field.type === suffix.type;
      if (isOfType && !suffix.fits(field.name)) complain(field, `${path}: a ${suffix.type} is named ${suffix.wanted}`);
      if (!isOfType && suffix.reserved?.test(field.name)) {
        complain(field, `${path}: ${suffix.wanted} is the name of a ${suffix.type}, not of ${field.type}`);
      }
    }
  }
};

/** Money and meters are exact, so there is no Float anywhere. */
export const noFloat: SchemaRule = (type, complain) => {
  for (const { field, path } of fieldsAndArguments(type)) {
    if (field.type === 'Float') complain(field, `${path}: no Float; Decimal, MinorUnits or Int`);
  }
};
