/** What a resolver returns for each scalar. Instants are Dates; calendar values, decimals and ids stay strings. */
const scalars = {
  ID: 'string',
  DateTime: 'Date',
  LocalDate: 'string',
  LocalTime: 'string',
  YearMonth: 'string',
  Decimal: 'string',
  MinorUnits: 'number',
  JSON: 'unknown',
  _FieldSet: 'string',
};

export const resolverConfig = {
  federation: true,
  // Without an index signature buildSubgraphSchema refuses the type of the resolvers.
  useIndexSignature: true,
  useTypeImports: true,
  importExtension: '.ts',
  // Unions of strings: an enum is not erasable syntax, Node could not run it.
  enumsAsTypes: true,
  // The schema's own words, only capitalised where they begin a type's name: QueryWorkOrderArgs.
  namingConvention: (name: string): string => name.charAt(0).toUpperCase() + name.slice(1),
  contextType: '@steward/service-kit#Context',
  strictScalars: true,
  scalars,
} as const;
