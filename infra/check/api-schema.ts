import { buildASTSchema, Kind, parse, visit, type ASTNode, type DirectiveNode, type GraphQLSchema } from 'graphql';

// What the composed supergraph says to the query planner and not to clients.
const ofFederation = /^(join|link|core)__/;

/** The schema that clients see, from the supergraph SDL: without federation's own types and what is @inaccessible. */
export function apiSchema(supergraphSdl: string): GraphQLSchema {
  const visible = visit(parse(supergraphSdl), {
    enter(node) {
      if (node.kind === Kind.DIRECTIVE_DEFINITION) return null;
      if (node.kind === Kind.DIRECTIVE) return node.name.value === 'deprecated' ? undefined : null;
      return isHidden(node) ? null : undefined;
    },
  });
  return buildASTSchema(visible, { assumeValidSDL: true });
}

function isHidden(node: ASTNode): boolean {
  if ('name' in node && node.name?.kind === Kind.NAME && ofFederation.test(node.name.value)) return true;
  const directives: readonly DirectiveNode[] = ('directives' in node ? node.directives : undefined) ?? [];
  return directives.some(({ name }) => name.value === 'inaccessible');
}
