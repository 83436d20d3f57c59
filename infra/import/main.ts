import { importCommand } from './import-command.ts';

process.exitCode = await importCommand(process.argv.slice(2), {
  say: (line) => void process.stderr.write(`${line}\n`),
  print: (text) => console.log(text),
});
