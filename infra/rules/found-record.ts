import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { treeFiles } from '../check/workspaces.ts';
import type { Change } from './judge-mutant.ts';

/**
 * Which changes were found, by which test file, so that a run that was stopped, or whose survivors were mended,
 * need not begin anew. A change stays found for as long as neither that file nor anything it tests is touched.
 */
export type FoundRecord = { has(change: Change): boolean; add(change: Change, testFile: string): void };

export function openFoundRecord(
  root: string,
  service: string,
  options: { record: string; resume: boolean },
): FoundRecord {
  const { record, resume } = options;
  mkdirSync(dirname(record), { recursive: true, mode: 0o711 });
  const found = resume ? readRecord(record) : new Map<string, Proof>();
  const tested = digest(...testedFiles(root, service).flatMap((file) => [file, contentOf(root, file)]));
  const nameOf = ({ rule, file, source }: Change): string => digest(tested, rule, file, source);
  return {
    has(change) {
      const entry = found.get(nameOf(change));
      return entry !== undefined && entry.tests === digest(contentOf(root, entry.testFile));
    },
    add(change, testFile) {
      // The line break comes first: the line before may have been cut off by a kill.
      appendFileSync(record, `\n${nameOf(change)} ${testFile} ${digest(contentOf(root, testFile))}`);
    },
  };
}

type Proof = { testFile: string; tests: string };

function readRecord(record: string): Map<string, Proof> {
  const lines = existsSync(record) ? readFileSync(record, 'utf8').split('\n') : [];
  const whole = lines.map((line) => line.split(' ')).filter(([, , tests]) => tests?.length === digest('').length);
  return new Map(whole.map(([change = '', testFile = '', tests = '']) => [change, { testFile, tests }]));
}

/** All that a test of the service may run, and what starts it. */
function testedFiles(root: string, service: string): string[] {
  const of = [`services/${service}/`, 'packages/', 'infra/jest/', 'infra/embedded/', 'package-lock.json'];
  return treeFiles(root).filter((file) => of.some((start) => file.startsWith(start)) && !file.endsWith('.test.ts'));
}

function contentOf(root: string, file: string): string {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
}

function digest(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex');
}
