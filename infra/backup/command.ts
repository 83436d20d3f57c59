import { LaunchError } from '../embedded/launch-error.mjs';
import { messageOf } from '../start/lifetime.ts';
import type { Say } from '../start/progress.ts';

function refuseExternal(): void {
  const named = Object.keys(process.env).find((name) => /^DATABASE_URL(_|$)/.test(name));
  if (named === undefined) return;
  throw new LaunchError(
    `${named} names a PostgreSQL server of yours, which has its own backups: see infra/docs/backup.md, or unset it.`,
  );
}

/** Runs a command for people: its words on the terminal, one sentence when it cannot be done. */
export async function runCommand(usage: string, work: (args: string[], say: Say) => Promise<void>): Promise<void> {
  const args = process.argv.slice(2);
  try {
    if (args.includes('--help')) console.log(usage);
    else {
      refuseExternal();
      await work(args, (line) => console.log(line));
    }
  } catch (error) {
    const isUse = error instanceof TypeError && String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
    if (!isUse && !(error instanceof LaunchError)) throw error;
    console.error(isUse ? `steward: ${messageOf(error)}\n${usage}` : `steward: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}
