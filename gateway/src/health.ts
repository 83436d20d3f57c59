import { Router } from 'express';
import type { Subgraph, Subgraphs } from './subgraphs.ts';

const PROBE_MS = 2_000;
/** What the services said holds so long, so that asking us often does not ask them and their databases often. */
const HOLDS_MS = 1_000;

type State = readonly [name: string, isUp: boolean];

/** `/health/live`: the process runs. `/health/ready`: it takes requests, and so does every service; names only. */
export function healthRouter(subgraphs: Subgraphs, isStopping: () => boolean): Router {
  const router = Router();
  const statesNow = atMostEvery(HOLDS_MS, () =>
    Promise.all(subgraphs.all.map(async (subgraph): Promise<State> => [subgraph.name, await isReady(subgraph)])),
  );
  router.get('/live', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/ready', async (_request, response) => {
    const states = await statesNow();
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

/** Does the work once for all who ask while it is under way and for some time after. */
function atMostEvery<T>(milliseconds: number, work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (done === undefined || performance.now() >= until) {
      until = Infinity;
      done = work().finally(() => (until = performance.now() + milliseconds));
    }
    return done;
  };
}

async function isReady({ health }: Subgraph): Promise<boolean> {
  try {
    const { statusCode, body } = await health.request({
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
