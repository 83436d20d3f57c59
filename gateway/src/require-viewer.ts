import type { ApolloServerPlugin } from '@apollo/server';
import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { tokenRequired } from './authenticate.ts';
import type { GatewayContext } from './subgraph-call.ts';

/** Refuses operations without a viewer; introspection alone may pass, which only development has switched on. */
export const requireViewer = (): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ contextValue, document, operation }) => {
      if (contextValue.viewer === undefined && !isIntrospection(document, operation)) throw tokenRequired();
    },
  }),
});

function isIntrospection(document: DocumentNode, operation: OperationDefinitionNode | undefined): boolean {
  if (operation?.operation !== OperationTypeNode.QUERY) return false;
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet]] : [],
    ),
  );
  const asksOnlyMeta = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__');
      if (selection.kind === Kind.INLINE_FRAGMENT) return asksOnlyMeta(selection.selectionSet);
      const fragment = fragments.get(selection.name.value);
      return fragment !== undefined && asksOnlyMeta(fragment);
    });
  return asksOnlyMeta(operation.selectionSet);
}
