import { exportCommand } from './export-command.ts';

process.exitCode = await exportCommand(process.argv.slice(2), {
  say: (line) => void process.stderr.write(`${line}\n`),
});
