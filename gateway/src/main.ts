import { runGateway } from './gateway.ts';

const gateway = await runGateway(process.env);
// Whoever starts it waits for this line.
process.stdout.write(`${JSON.stringify({ ready: 'gateway', url: gateway.url })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gateway.stop());
