import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { DateTimeResolver, JSONResolver, LocalDateResolver, LocalTimeResolver, SafeIntResolver } from 'graphql-scalars';

const text = (name: string, pattern: RegExp, shape: string): GraphQLScalarType => {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && pattern.test(value)) return value;
    throw new GraphQLError(`${name} wants ${shape}`);
  };
  return new GraphQLScalarType({
    name,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
};

const renamed = (scalar: GraphQLScalarType, name: string): GraphQLScalarType =>
  new GraphQLScalarType({ ...scalar.toConfig(), name });

/** Resolvers of the scalars in common.graphql. */
export const scalars = {
  DateTime: DateTimeResolver,
  LocalDate: LocalDateResolver,
  LocalTime: LocalTimeResolver,
  YearMonth: text('YearMonth', /^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM'),
  Decimal: text('Decimal', /^-?\d{1,15}(\.\d{1,9})?$/, 'a decimal number as a string'),
  MinorUnits: renamed(SafeIntResolver, 'MinorUnits'),
  JSON: JSONResolver,
};
