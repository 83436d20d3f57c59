import { runGateway } from './gateway.ts';

const gateway = await runGateway(process.env);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gateway.stop());
