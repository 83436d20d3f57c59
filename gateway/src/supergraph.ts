import { readFile } from 'node:fs/promises';
import { Kind, parse, type EnumValueDefinitionNode } from 'graphql';
import { ConfigError } from './config.ts';

export type Supergraph = { sdl: string; services: string[] };

/** Reads the composed supergraph and the names of its services. */
export async function readSupergraph(file: string): Promise<Supergraph> {
  const sdl = await readFile(file, 'utf8').catch((): never => {
    throw new ConfigError(`There is no supergraph in ${file}: run \`npm run compose\`.`);
  });
  const graphs = parse(sdl).definitions.flatMap((node) =>
    node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph' ? (node.values ?? []) : [],
  );
  const services = graphs.flatMap(serviceNameOf);
  if (services.length === 0) throw new ConfigError(`${file} is not a supergraph: run \`npm run compose\`.`);
  return { sdl, services };
}

/** `WORK_ORDERS @join__graph(name: "work-orders", url: ...)` */
function serviceNameOf(value: EnumValueDefinitionNode): string[] {
  const graph = value.directives?.find((directive) => directive.name.value === 'join__graph');
  const name = graph?.arguments?.find((argument) => argument.name.value === 'name')?.value;
  return name?.kind === Kind.STRING ? [name.value] : [];
}
