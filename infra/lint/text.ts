import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot, treeFiles } from '../check/workspaces.ts';
import type { Finding } from './finding.ts';

// Kept in a file of words, so that the file that forbids them does not contain them.
const words = readFileSync(new URL('./unfinished-words.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const unfinished = new RegExp(`\\b(${words.join('|')})\\b`, 'i');

/** What oxlint cannot see: files that are no source, and words that tell of unfinished work. */
export function checkTexts(root = repoRoot, files = treeFiles(root)): Finding[] {
  return files.flatMap((file) => [...badName(file), ...(isOurs(file) ? unfinishedWords(root, file) : [])]);
}

function isOurs(file: string): boolean {
  return /\.(ts|mjs|graphql|sh)$/.test(file) && !file.endsWith('/generated.ts');
}

// README.md and LICENSE keep the names that everybody looks for; labels.zh-CN.ts carries its language.
const wellKnown = /^(README\.md|LICENSE|CHANGELOG\.md|Dockerfile|labels\.zh-CN\.ts)$/;

function badName(file: string): Finding[] {
  const bad = file.split('/').find((part) => !/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(part) && !wellKnown.test(part));
  return bad === undefined ? [] : [{ file, line: 1, message: `${bad} is not kebab-case` }];
}

function unfinishedWords(root: string, file: string): Finding[] {
  return readFileSync(join(root, file), 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const word = unfinished.exec(text)?.[0];
      return word === undefined ? [] : [{ file, line: index + 1, message: `"${word}" tells of unfinished work` }];
    });
}
