import { Router } from 'express';
import type { Subgraph, Subgraphs } from './subgraphs.ts';

const PROBE_MS = 2_000;

/** `/health/live`: the process runs. `/health/ready`: it takes requests, and so does every service; names only. */
export function healthRouter(subgraphs: Subgraphs, isStopping: () => boolean): Router {
  const router = Router();
  router.get('/live', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/ready', async (_request, response) => {
    const states = await Promise.all(
      subgraphs.all.map(async (subgraph) => [subgraph.name, await isReady(subgraph)] as const),
    );
    const ready = !isStopping() && states.every(([, isUp]) => isUp);
    // Only those that are not closed: a circuit opens for a second, which is nothing to send clients away for.
    const circuits = Object.fromEntries(
      subgraphs.all.flatMap(({ name, guard }) => (guard.circuit() === 'closed' ? [] : [[name, guard.circuit()]])),
    );
    const services = Object.fromEntries(states.map(([name, isUp]) => [name, isUp ? 'ok' : 'unavailable']));
    response.status(ready ? 200 : 503).json({
      status: ready ? 'ok' : isStopping() ? 'stopping' : 'unavailable',
      services,
      ...(Object.keys(circuits).length === 0 ? {} : { circuits }),
    });
  });
  return router;
}

async function isReady({ graph }: Subgraph): Promise<boolean> {
  try {
    const { statusCode, body } = await graph.request({
      method: 'GET',
      path: '/health/ready',
      signal: AbortSignal.timeout(PROBE_MS),
    });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}
