export * from './clock.ts';
export * from './config.ts';
export { errorFacts, isOutage, type ErrorFacts } from './error-facts.ts';
export * from './errors.ts';
export * from './id.ts';
export * from './locale.ts';
export * from './log.ts';
export * from './money.ts';
export * from './zoned-time.ts';
