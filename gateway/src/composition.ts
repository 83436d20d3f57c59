import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { concatAST, GraphQLError, parse, Source, type ASTNode, type DocumentNode } from 'graphql';

/** A service's SDL; its texts keep the names of their files, so that an error can say where it is. */
export type SubgraphSource = { name: string; sources: Source[] };
export type Composed = { supergraph: string } | { errors: string[] };

const COMMON = 'packages/service-kit/common.graphql';

const header = '# Composed from services/*/schema.graphql by `npm run compose`; never edited by hand.\n\n';

/** The committed supergraph holds no address, only this; the real ones come from the environment. */
const placeholderUrl = (service: string): string => `http://${service}.subgraph.invalid/graphql`;

/** The SDL of every service of the repository, the shared types appended to each, in the order of their names. */
export function readSubgraphs(root: string): SubgraphSource[] {
  const read = (file: string): Source => new Source(readFileSync(join(root, file), 'utf8'), file);
  const common = existsSync(join(root, COMMON)) ? [read(COMMON)] : [];
  return readdirSync(join(root, 'services'))
    .filter((name) => existsSync(join(root, 'services', name, 'schema.graphql')))
    .toSorted()
    .map((name) => ({ name, sources: [read(`services/${name}/schema.graphql`), ...common] }));
}

/** The same input gives the same text, byte for byte; errors name subgraph, file and line. */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): Composed {
  const parsed = subgraphs.map(({ name, sources }) => ({ name, ...parseAll(name, sources) }));
  const syntax = parsed.flatMap(({ errors }) => errors);
  if (syntax.length > 0) return { errors: syntax };
  const definitions = parsed.map(({ name, documents }) => ({
    name,
    typeDefs: concatAST(documents),
    url: placeholderUrl(name),
  }));
  const { supergraphSdl, errors = [] } = composeServices(definitions);
  if (errors.length > 0) return { errors: grouped(errors.map(describe)) };
  if (supergraphSdl === undefined) return { errors: ['There is no service to compose.'] };
  return { supergraph: `${header}${supergraphSdl.trim()}\n` };
}

function parseAll(name: string, sources: readonly Source[]): { documents: DocumentNode[]; errors: string[] } {
  const documents: DocumentNode[] = [];
  const errors: string[] = [];
  for (const source of sources) {
    try {
      documents.push(parse(source));
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      errors.push(`${name}: ${error.message}\n  ${source.name}:${error.locations?.[0]?.line ?? 1}`);
    }
  }
  return { documents, errors };
}

type Fault = { message: string; places: string[] };

/** The same fault in many places, such as a directive that no service has imported, is told once. */
function grouped(faults: readonly Fault[]): string[] {
  const placesOf = new Map<string, Set<string>>();
  for (const { message, places } of faults) {
    placesOf.set(message, new Set([...(placesOf.get(message) ?? []), ...places]));
  }
  return [...placesOf].map(([message, places]) => [message, ...places].join('\n  '));
}

/** Composition marks each syntax node with the subgraph it comes from. */
function describe(error: GraphQLError): Fault {
  const places = (error.nodes ?? []).flatMap((node: ASTNode & { subgraph?: string }) => {
    const { loc, subgraph } = node;
    return loc === undefined ? [] : [`${subgraph ?? 'unknown subgraph'}: ${loc.source.name}:${loc.startToken.line}`];
  });
  const { code } = error.extensions;
  // The places say which subgraph; in front of the message it would keep equal faults apart.
  const message = error.message.replace(/^\[[\w-]+\] /, '');
  return { message: typeof code === 'string' ? `${code}: ${message}` : message, places };
}
