import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { roles, viewerClaims } from '@steward/auth';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  communitiesOf,
  demoAccounts,
  demoCommunities,
  demoHouseholds,
  demoPersons,
  demoStaff,
  demoTenants,
} from '../demo/accounts.ts';
import { DEV_AUDIENCE, DEV_ISSUER, issuerKey, startDevIssuer } from '../dev-issuer/index.ts';
import { tokenCommand } from './token.ts';

let directory: string;
let keyFile: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'steward-issuer-'));
  keyFile = join(directory, 'deep', 'key.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

const run = (line: string) => tokenCommand(line.split(' ').filter(Boolean), keyFile);
const claimsOf = async (line: string) => viewerClaims.parse(decodeJwt((await run(line)).output)['steward']);

describe('demo accounts', () => {
  test('tenant A has one account for each role, and three residents', () => {
    const ofA = demoAccounts.filter(({ tenant }) => tenant === 'a');
    const count = (role: string): number => ofA.filter((account) => account.role === role).length;
    expect(roles.map((role) => [role, count(role)])).toEqual(roles.map((role) => [role, role === 'resident' ? 3 : 1]));
    expect(ofA.filter(({ role }) => role === 'resident').map(({ names }) => names[0])).toEqual([
      'owner',
      'renter',
      'neighbour',
    ]);
  });

  test('tenant B has four', () => {
    const ofB = demoAccounts.filter(({ tenant }) => tenant === 'b');
    expect(ofB.map(({ role }) => role)).toEqual(['director', 'clerk', 'maintenance', 'resident']);
  });

  test('owner and renter share a household, the neighbour has another', () => {
    const { owner, renter, neighbour, committee } = demoPersons;
    expect(renter.householdId).toBe(owner.householdId);
    expect(new Set([owner, neighbour, committee].map(({ householdId }) => householdId)).size).toBe(3);
  });

  test('every id is a UUIDv7 of its own, and claims fit what the gateway takes', () => {
    const things = [demoTenants, demoCommunities, demoHouseholds, demoPersons].flatMap((table) =>
      Object.values<{ id: string }>(table),
    );
    const all = [...things, ...demoStaff].map(({ id }) => id);
    for (const id of all) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(all).size).toBe(all.length);
    for (const { claims } of demoAccounts) expect(viewerClaims.parse(claims)).toEqual(claims);
    expect(new Set(demoAccounts.map(({ sub }) => sub)).size).toBe(demoAccounts.length);
  });

  test('nobody belongs to a community of another company', () => {
    for (const { tenant, claims } of demoAccounts) {
      const own = communitiesOf(tenant).map(({ id }) => id);
      expect(claims.communityIds === 'all' || claims.communityIds.every((id) => own.includes(id))).toBe(true);
    }
  });
});

describe('npm run token', () => {
  test("prints a token that the issuer's published key verifies, and nothing else", async () => {
    const { output, isRefusal } = await run('clerk');
    expect(isRefusal).toBe(false);
    const issuer = await startDevIssuer({ keyFile, host: '127.0.0.1', port: 0 });
    const { payload } = await jwtVerify(output, createRemoteJWKSet(new URL(issuer.jwksUrl)), {
      issuer: issuer.issuer,
      audience: DEV_AUDIENCE,
      algorithms: ['ES256'],
    });
    expect(payload.sub).toBe('demo-a-clerk');
    await issuer.stop();
  });

  test('gives each role in either spelling', async () => {
    for (const role of roles) {
      const kebab = role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect((await claimsOf(kebab)).roles).toEqual([role]);
      expect(await claimsOf(kebab)).toEqual(await claimsOf(role));
    }
  });

  test.each([
    ['clerk', demoTenants.a.id, [demoCommunities.a1.id]],
    ['clerk --tenant b', demoTenants.b.id, [demoCommunities.b1.id]],
    ['clerk --community 2', demoTenants.a.id, [demoCommunities.a2.id]],
    ['director', demoTenants.a.id, 'all'],
    ['director --community 1', demoTenants.a.id, [demoCommunities.a1.id]],
  ])('%s', async (line, tenantId, communityIds) => {
    expect(await claimsOf(line)).toMatchObject({ tenantId, communityIds });
  });

  test.each([
    ['resident', demoPersons.owner.id],
    ['resident --as owner', demoPersons.owner.id],
    ['resident --as renter', demoPersons.renter.id],
    ['resident --as tenant', demoPersons.renter.id],
    ['resident --as 王芳', demoPersons.neighbour.id],
    ['resident --tenant b', demoPersons.ownerOfB.id],
    ['committee', demoPersons.committee.id],
  ])('%s', async (line, personId) => {
    expect(await claimsOf(line)).toMatchObject({ actor: 'person', personId });
  });

  test('--expired gives one that has expired', async () => {
    const { exp = 0, iat = 0 } = decodeJwt((await run('clerk --expired')).output);
    expect(exp).toBeLessThan(Date.now() / 1_000);
    expect(iat).toBeLessThan(exp);
  });

  test.each([
    ['emperor', /^There is no role "emperor"; the roles are director, deputy-director, .*, resident\.$/],
    ['toString', /^There is no role/],
    ['guard --tenant b', /^Company b has no account of that role; it has director, clerk, maintenance, resident\.$/],
    ['clerk --tenant c', /^There is no demo company "c"; there are a and b\.$/],
    ['clerk --community 3', /^Company a has no community 3; give a number from 1 to 2\.$/],
    ['clerk --community 0', /^Company a has no community 0/],
    ['resident --as nobody', /^No resident is called "nobody"; there are owner, renter, neighbour\.$/],
    ['', /^Name one role: director, /],
    ['clerk guard', /^Name one role: /],
    ['clerk --forever', /--forever.*Usage: /],
  ])('"%s" is refused in one sentence, and makes no key', async (line, message) => {
    const { output, isRefusal } = await run(line);
    expect(isRefusal).toBe(true);
    expect(output).toMatch(message);
    expect(output).not.toContain('\n');
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('the development issuer', () => {
  test('publishes discovery and the public half of its key, nothing else', async () => {
    const issuer = await startDevIssuer({ keyFile, host: '127.0.0.1', port: 0 });
    const origin = new URL(issuer.jwksUrl).origin;
    const discovery = await fetch(`${origin}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({ issuer: DEV_ISSUER, jwks_uri: issuer.jwksUrl });
    const { keys } = (await (await fetch(issuer.jwksUrl)).json()) as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
    for (const [path, method] of [
      ['/', 'GET'],
      ['/jwks', 'POST'],
      ['/constructor', 'GET'],
    ]) {
      expect((await fetch(`${origin}${path}`, { method })).status).toBe(404);
    }
    await issuer.stop();
  });

  test('keeps its key for the owner alone, and for the next start', async () => {
    const first = await issuerKey(keyFile);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(await issuerKey(keyFile)).toEqual(first);
    expect(readdirSync(join(directory, 'deep'))).toEqual(['key.json']);
  });

  test('makes one key when several processes want it at once', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => issuerKey(keyFile)));
    expect(new Set(keys.map(({ publicKey }) => publicKey.kid)).size).toBe(1);
    expect((JSON.parse(readFileSync(keyFile, 'utf8')) as { kid: string }).kid).toBe(keys[0]?.publicKey.kid);
  });

  test('says which file to delete when it is no key', async () => {
    await issuerKey(keyFile);
    for (const text of ['rubbish', '{}', 'null']) {
      writeFileSync(keyFile, text);
      await expect(issuerKey(keyFile)).rejects.toThrow(`${keyFile} is not a key of the development issuer: delete it`);
    }
  });
});
