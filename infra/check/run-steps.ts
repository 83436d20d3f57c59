import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { Step } from './steps.ts';

export type StepResult = { name: string; passed: boolean; seconds: number; output: string };

/** Runs one step and keeps what it says, standard output and errors in the order they came. */
export async function runStep(root: string, { name, command }: Step): Promise<StepResult> {
  const [program = '', ...args] = command;
  const started = performance.now();
  const child = spawn(program, args, { cwd: root, env: environment(root), stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      chunks.push(Buffer.from(`${program} cannot be started: ${error.message}`));
      resolve(null);
    });
    child.once('close', resolve);
  });
  const seconds = (performance.now() - started) / 1000;
  return { name, passed: code === 0, seconds, output: Buffer.concat(chunks).toString().trim() };
}

function environment(root: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    // No step asks anybody on the network.
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
    NO_COLOR: '1',
  };
}

export function describeStep({ name, passed, seconds, output }: StepResult): string {
  const line = `${passed ? 'ok  ' : 'FAIL'}  ${name.padEnd(18)} ${seconds.toFixed(1).padStart(5)} s`;
  return passed || output === '' ? line : `${line}\n${output.replace(/^/gm, '      ')}`;
}
