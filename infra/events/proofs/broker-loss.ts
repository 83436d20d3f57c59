import { proveBrokerLoss } from './prove-loss.ts';
import { runProof } from './run-proof.ts';

/** The long form of `broker-loss.test.ts`: what may be missing for how long, per 100,000 messages. */
const limitMs = 60_000;

await runProof('broker-loss', { count: 100_000 }, async ({ count, seed, say }) => {
  const results = await proveBrokerLoss({
    count,
    seed,
    onResult: (name, { missing, repairedMs, fault }) =>
      say(`${name}: ${missing} messages back in ${repairedMs} ms${fault === null ? '' : `, but ${fault}`}`),
  });
  const failures = Object.entries(results).flatMap(([name, { missing, repairedMs, fault }]) => {
    const late = repairedMs > (limitMs * Math.max(missing, 100_000)) / 100_000 ? `${repairedMs} ms are too long` : null;
    const why = fault ?? late;
    return why === null ? [] : [`${name}: ${why}`];
  });
  return { failures, detail: results };
});
