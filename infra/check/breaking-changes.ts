import { buildSchema, findBreakingChanges, parse, Kind } from 'graphql';

/** What a client may rely on: the API as composed, and the SDL of each subgraph, by service. */
export type Contract = { api: string; subgraphs: Record<string, string> };

export type Breaking = { description: string; services: string[] };

/**
 * Changes between the accepted contract and the present one that break a client, each with the services whose schema
 * names the type concerned: theirs is the change, or the field that went with it.
 */
export function breakingChanges(accepted: Contract, present: Contract): Breaking[] {
  return findBreakingChanges(buildSchema(accepted.api), buildSchema(present.api)).map(({ description }) => ({
    description,
    services: Object.entries(accepted.subgraphs)
      .filter(([service, sdl]) => present.subgraphs[service] !== sdl && names(sdl, description))
      .map(([service]) => service),
  }));
}

function names(sdl: string, description: string): boolean {
  const words = new Set(description.split(/[^A-Za-z0-9_]+/));
  return parse(sdl).definitions.some(
    (node) => 'name' in node && node.name?.kind === Kind.NAME && words.has(node.name.value),
  );
}
