import { readFile } from 'node:fs/promises';

import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';

const textOf = (path: string): Promise<string> => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** The schema of a service as its SDL has it, without the federation around it. */
export async function schemaOf(service: string): Promise<GraphQLSchema> {
  const common = await textOf('packages/service-kit/common.graphql');
  const sdl = await textOf(`services/${service}/schema.graphql`);
  return buildASTSchema(parse(`${sdl.replace(/^extend schema[^\n]*\n/, '')}\n${common}`), { assumeValidSDL: true });
}
