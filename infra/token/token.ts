import { parseArgs } from 'node:util';
import { parseRole, roles, type Role } from '@steward/auth';
import { communitiesOf, demoAccounts, type DemoAccount, type DemoTenant } from '../demo/accounts.ts';
import { issuerKey, signDevToken } from '../dev-issuer/index.ts';
import { dataPath } from '../start/layout.ts';

/** Said to whoever typed the command: one sentence, no stack. */
export class TokenError extends Error {}

export type TokenOptions = { role: string; tenant?: string; community?: string; as?: string; expired?: boolean };

/** The demo account that the options name, its communities narrowed to the wanted one. */
export function chooseAccount({ role: wanted, tenant = 'a', community, as }: TokenOptions): DemoAccount {
  const role = parseRole(wanted);
  if (role === undefined)
    throw new TokenError(`There is no role "${wanted}"; the roles are ${roles.map(kebab).join(', ')}.`);
  if (tenant !== 'a' && tenant !== 'b')
    throw new TokenError(`There is no demo company "${tenant}"; there are a and b.`);
  const ofRole = demoAccounts.filter((account) => account.role === role && account.tenant === tenant);
  if (ofRole.length === 0)
    throw new TokenError(`Company ${tenant} has no account of that role; it has ${listRoles(tenant)}.`);
  const account = as === undefined ? ofRole[0] : ofRole.find(({ names }) => names.includes(as));
  if (account === undefined) {
    throw new TokenError(
      `No ${kebab(role)} is called "${as}"; there are ${ofRole.map(({ names }) => names[0]).join(', ')}.`,
    );
  }
  return community === undefined ? account : inCommunity(account, community);
}

function inCommunity(account: DemoAccount, community: string): DemoAccount {
  const communities = communitiesOf(account.tenant);
  const chosen = /^\d+$/.test(community) ? communities[Number(community) - 1] : undefined;
  if (chosen === undefined) {
    throw new TokenError(
      `Company ${account.tenant} has no community ${community}; give a number from 1 to ${communities.length}.`,
    );
  }
  return { ...account, claims: { ...account.claims, communityIds: [chosen.id] } };
}

const kebab = (role: Role): string => role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const listRoles = (tenant: DemoTenant): string =>
  [...new Set(demoAccounts.filter((account) => account.tenant === tenant).map(({ role }) => kebab(role)))].join(', ');

/** The bearer token for the options, signed with the development issuer's key. */
export async function demoToken(options: TokenOptions, keyFile: string): Promise<string> {
  const account = chooseAccount(options);
  const { privateKey } = await issuerKey(keyFile);
  return signDevToken(privateKey, account, { isExpired: options.expired === true });
}

const usage = 'Usage: npm run -s token -- ROLE [--tenant b] [--community N] [--as NAME] [--expired]';

function readOptions(args: string[]): TokenOptions {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        tenant: { type: 'string' },
        community: { type: 'string' },
        as: { type: 'string' },
        expired: { type: 'boolean' },
      },
    });
    const [role, ...rest] = positionals;
    if (role !== undefined && rest.length === 0) return { ...values, role };
  } catch (error) {
    throw new TokenError(`${(error as Error).message.split('\n')[0]} ${usage}`);
  }
  throw new TokenError(`Name one role: ${roles.map(kebab).join(', ')}. ${usage}`);
}

/** What the command prints, and whether it succeeded. */
export async function tokenCommand(args: string[], keyFile: string): Promise<{ output: string; isRefusal: boolean }> {
  try {
    return { output: await demoToken(readOptions(args), keyFile), isRefusal: false };
  } catch (error) {
    if (error instanceof TokenError) return { output: error.message, isRefusal: true };
    throw error;
  }
}

if (import.meta.main) {
  const { output, isRefusal } = await tokenCommand(process.argv.slice(2), dataPath('dev-issuer-key.json'));
  (isRefusal ? console.error : console.log)(output);
  process.exitCode = isRefusal ? 1 : 0;
}
