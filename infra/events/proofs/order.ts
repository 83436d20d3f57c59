import { startKillableServers } from '../rig/killable-servers.ts';
import { proveOrder } from './prove-order.ts';
import { runProof } from './run-proof.ts';

/** The long form of `order.test.ts`: 200 facts of each parcel. */
const versions = 200;
const handoverMilliseconds = 5_000;

await runProof('order', { count: 200_000 }, async ({ count, seed, say }) => {
  const servers = await startKillableServers();
  try {
    const parcels = Math.max(1, Math.round(count / versions));
    const result = await proveOrder({ servers, parcels, versions, seed, throwing: 0.1, handoverMilliseconds, say });
    return { failures: result.fault === null ? [] : [result.fault], detail: result };
  } finally {
    await servers.stop();
  }
});
