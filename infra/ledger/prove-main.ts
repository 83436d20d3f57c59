import { runProof } from '../events/proofs/run-proof.ts';
import { startKillableServers } from '../events/rig/killable-servers.ts';
import { proveLedger } from './prove-ledger.ts';

// A crash of the service every 5,000 operations, one of the database every 20,000, two at least.
const killsOf = (count: number, every: number): number => Math.max(2, Math.round(count / every));

await runProof('ledger', { count: 100_000 }, async ({ count, seed, say }) => {
  const servers = await startKillableServers();
  try {
    const result = await proveLedger({
      postgres: servers.postgres,
      nats: servers.nats,
      count,
      seed,
      communities: Math.max(3, Math.min(40, Math.round(count / 1_000))),
      tamperings: 1_000,
      serviceKills: killsOf(count, 5_000),
      databaseKills: killsOf(count, 20_000),
      crashDatabase: () => servers.crash('postgres'),
      say,
    });
    return { failures: result.faults, detail: result };
  } finally {
    await servers.stop();
  }
});
