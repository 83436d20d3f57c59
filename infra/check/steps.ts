export type Step = { name: string; command: string[] };

const node = (...args: string[]): string[] => ['node', '--disable-warning=ExperimentalWarning', ...args];

/** What `npm run check` does, in this order; every step can be run alone by its command. */
export const steps: Step[] = [
  {
    name: 'format',
    command: ['prettier', '--config', 'infra/lint/prettier.config.mjs', '--check', '--log-level', 'warn', '.'],
  },
  { name: 'lint', command: ['oxlint', '-f', 'unix', '--quiet'] },
  { name: 'texts', command: node('infra/lint/text-main.ts') },
  { name: 'schemas', command: node('infra/lint/schema/main.ts') },
  { name: 'boundaries', command: node('infra/lint/boundaries-main.ts') },
  {
    name: 'types',
    command: ['turbo', 'run', 'types', '--continue=always', '--output-logs=errors-only', '--log-prefix=none'],
  },
  { name: 'loads', command: node('infra/check/loads-main.ts') },
  { name: 'generated types', command: node('infra/codegen/main.ts', '--check') },
  { name: 'supergraph', command: node('gateway/src/compose.ts', '--check') },
  { name: 'breaking changes', command: node('infra/check/breaking-main.ts') },
];
