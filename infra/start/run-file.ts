import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dataPath } from './layout.ts';

type Process = { pid?: number | undefined; port?: number; url?: string };

/** What runs here and where, for tools; readable by this user only because the URLs carry passwords. */
export type RunFile = {
  note(name: string, process: Process): void;
  set(values: { mode?: string; gatewayUrl?: string; natsUrl?: string; databases?: Record<string, string> }): void;
  remove(): void;
};

export function openRunFile(): RunFile {
  const file = dataPath('run.json');
  const content: { pid: number; processes: Record<string, Process> } = { pid: process.pid, processes: {} };
  const write = (): void => {
    writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    note: (name, noted) => {
      content.processes[name] = { ...content.processes[name], ...noted };
      write();
    },
    set: (values) => {
      Object.assign(content, values);
      write();
    },
    remove: () => rmSync(file, { force: true }),
  };
}
