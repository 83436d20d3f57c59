import { startKillableServers } from '../rig/killable-servers.ts';
import { judgePoison, loads, runPoison, type Load, type PoisonRun } from './prove-poison.ts';
import { runProof } from './run-proof.ts';

/** The long form of `poison.test.ts`. */
const rounds = 5;
/** Of each run, besides the one in a hundred that are parked as soon as they are read; each takes five processes along. */
const crashers = 2;
/** What those with nothing wrong have to keep of their throughput while one fact in a hundred is poison. */
const share = 0.95;

await runProof('poison', { count: 20_000 }, async ({ count, say }) => {
  const servers = await startKillableServers();
  const done: Record<Load, PoisonRun>[] = [];
  try {
    await runPoison('clean', { servers, count: Math.min(count, 2_000), crashers: 0 });
    for (let round = 1; round <= rounds; round += 1) {
      const results: Partial<Record<Load, PoisonRun>> = {};
      // Each load leads in turn, so that what else the machine does meets all alike.
      for (const at of loads.keys()) {
        const load = loads[(at + round) % loads.length] ?? 'clean';
        results[load] = await runPoison(load, { servers, count, crashers });
        say(`round ${round}, ${load}: ${results[load].perSecond}/s, ${results[load].crashes} crashes`);
      }
      done.push(results as Record<Load, PoisonRun>);
    }
  } finally {
    await servers.stop();
  }
  const { faults, ...detail } = judgePoison(done);
  const slow = detail.shares.poisoned < share ? [`the others keep ${detail.shares.poisoned}, not ${share}`] : [];
  return { failures: [...faults, ...slow], detail: { rounds, crashers, ...detail } };
});
