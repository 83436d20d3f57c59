export { runGateway } from './gateway.ts';
export type { RunningGateway } from './gateway.ts';
export { composeSupergraph, readSubgraphs } from './composition.ts';
export type { Composed, SubgraphSource } from './composition.ts';
