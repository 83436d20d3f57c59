import type { ApolloServerPlugin } from '@apollo/server';
import { getNamedType, isLeafType, isListType, isNonNullType, type GraphQLOutputType } from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { clientOf, type ClientBudget } from './client-budget.ts';
import { operationLimits } from './operation-limits.ts';
import { RefusalError } from './refusal.ts';
import type { GatewayContext } from './subgraph-call.ts';

/** The published formula (README, "Cost"). */
export const costFormula = { object: 1, mutation: 10, listWithoutFirst: 10 } as const;

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/**
 * What a character costs to read and to plan, beside what is asked for; paid where an operation is not among those that
 * are kept. At the limit of 1,000 fields, some 10,000 characters, reading takes 70 ms and planning 210 ms (2 cores,
 * Debian 12, shared, 2026-11-22): a client that does nothing else has about ten seconds of a minute.
 */
export const preparationCost = { read: 1, plan: 2 } as const;

/** What a field costs by its type and `first`; the lists inside a connection are counted by the connection's `first`. */
const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const { object, mutation, listWithoutFirst } = costFormula;
  const start = type.name === 'Mutation' ? mutation : 0;
  if (isLeafType(getNamedType(field.type))) return start;
  const first: unknown = args['first'];
  if (typeof first === 'number') return start + object + Math.max(first, 1) * childComplexity;
  const isCounted = type.name.endsWith('Connection') && (field.name === 'nodes' || field.name === 'edges');
  const times = isList(field.type) && !isCounted ? listWithoutFirst : 1;
  return start + times * (object + childComplexity);
};

const charactersOf = (text = ''): number => Math.min(text.length, operationLimits.characters);
export const readingCost = (text?: string): number => preparationCost.read * charactersOf(text);
const planningCost = (text?: string): number => preparationCost.plan * charactersOf(text);

const wantsCost = (header: string | undefined): boolean => header === 'include';

/**
 * Refuses an operation that costs more than one may, or more than its client has left; answers the cost in
 * `extensions.cost` to whoever sends the header `x-steward-cost: include`.
 */
export const limitCost = (most: number, budget: ClientBudget): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async () => {
    let answered: { requested: number; most: number; left: number } | undefined;
    return {
      // Only where the document is not among those that are kept, so that it has to be parsed and validated.
      parsingDidStart: ({ request, contextValue }) =>
        budget.charge(clientOf(contextValue.viewer), readingCost(request.query)),
      didResolveOperation: async ({ schema, document, operationName, request, contextValue }) => {
        const requested = getComplexity({
          estimators: [estimate],
          schema,
          query: document,
          variables: request.variables ?? {},
          ...(operationName === null ? {} : { operationName }),
          // Spreads are nodes too, so the library counts more of them than there are fields.
          maxQueryNodes: 5 * operationLimits.fields,
        });
        if (requested > most) {
          const params = { cost: requested, most };
          throw new RefusalError({ code: 'BAD_USER_INPUT', reason: 'OPERATION_TOO_COSTLY', params }, { status: 400 });
        }
        const client = clientOf(contextValue.viewer);
        const left = await budget.spend(client, requested);
        answered = { requested, most, left };
        contextValue.scope.payForPlan = async () => {
          await budget.spend(client, planningCost(request.query));
        };
      },
      willSendResponse: async ({ request, response }) => {
        if (answered === undefined || !wantsCost(request.http?.headers.get('x-steward-cost'))) return;
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        singleResult.extensions = { ...singleResult.extensions, cost: answered };
      },
    };
  },
});
