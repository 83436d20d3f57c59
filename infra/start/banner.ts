import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoAccounts, type DemoAccount } from '../demo/accounts.ts';

const queriesDir = fileURLToPath(new URL('./queries/', import.meta.url));

/** The queries of the banner, in the order of their file names. */
export const readQueries = (): string[] =>
  readdirSync(queriesDir)
    .filter((name) => name.endsWith('.graphql'))
    .toSorted()
    .map((name) => readFileSync(path.join(queriesDir, name), 'utf8').trim());

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The options after the role that choose this account and no other. */
function choice(account: DemoAccount): string {
  const same = demoAccounts.filter(({ role, tenant }) => role === account.role && tenant === account.tenant);
  const tenant = account.tenant === 'a' ? '' : ` --tenant ${account.tenant}`;
  return same[0] === account ? tenant : `${tenant} --as ${account.names[0]}`;
}

function accountLine(account: DemoAccount): string {
  const command = `npm run -s token -- ${kebab(account.role)}${choice(account)}`;
  return `    ${command.padEnd(56)} ${account.names.at(-1)}`;
}

/** Where the gateway is and what to do with it. */
export function banner(gatewayUrl: string, options: { hasDemoAccounts: boolean }): string {
  const endpoint = `${gatewayUrl}/graphql`;
  const accounts = ['  Demo accounts; each command prints a token for the header `authorization: Bearer TOKEN`:', '']
    .concat(demoAccounts.map(accountLine))
    .concat('');
  const queries = readQueries().flatMap((query) => [...query.split('\n').map((line) => `    ${line}`), '']);
  const example = `    curl -s ${endpoint} -H "authorization: Bearer $(npm run -s token -- clerk)" -H 'content-type: application/json' -d '{"query":"{ me { actor roles { label } } }"}'`;
  return [
    '',
    `  Steward is ready: ${endpoint}   (open it in a browser to try queries; Ctrl-C stops everything)`,
    '',
    ...(options.hasDemoAccounts ? accounts : []),
    '  Three queries to paste:',
    '',
    ...queries,
    ...(options.hasDemoAccounts ? ['  Or from a terminal:', '', example, ''] : []),
  ].join('\n');
}
