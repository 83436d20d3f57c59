import type { ApolloServerPlugin } from '@apollo/server';
import { withoutValues } from '@steward/core';
import { getVariableValues } from 'graphql';
import { placeOfFault } from './hidden-schema.ts';
import { RefusalError } from './refusal.ts';
import type { GatewayContext } from './subgraph-call.ts';

const MAX_ERRORS = 50;

/**
 * Refuses a document that leaves open which operation is meant, a kind of operation that is not offered, and variables that do not fit it, all faults at once;
 * the stock executor would answer either as an error of ours.
 */
export const checkOperation = ({ hidesSchema }: { hidesSchema: boolean }): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, operation, request }) => {
      const tell = hidesSchema ? placeOfFault : withoutValues;
      if (operation === undefined) throw fault('OPERATION_NOT_CHOSEN');
      // Validation lets pass what the schema has no root type for.
      if (schema.getRootType(operation.operation) == null) throw fault('OPERATION_KIND_UNKNOWN', operation.operation);
      const definitions = operation.variableDefinitions ?? [];
      const { errors } = getVariableValues(schema, definitions, request.variables ?? {}, { maxErrors: MAX_ERRORS });
      if (errors !== undefined) throw fault('VARIABLES_INVALID', errors.map(({ message }) => tell(message)).join(' '));
    },
  }),
});

const fault = (reason: string, detail = ''): RefusalError =>
  new RefusalError({ code: 'BAD_USER_INPUT', reason, params: { detail } }, { status: 400 });
