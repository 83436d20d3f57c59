import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { startAuditedGateway, type AuditedGateway } from '../audits/a-gateway.ts';
import { readSupergraph } from '@steward/gateway/supergraph';
import { measureEnforcement } from './enforcement.ts';
import { mutatedOperations } from './mutated-operations.ts';
import { readOperations } from './operation-files.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'steward-ops-'));
let gateway: AuditedGateway;
beforeAll(async () => {
  const { services } = await readSupergraph(
    fileURLToPath(new URL('../../gateway/supergraph.graphql', import.meta.url)),
  );
  const urls = Object.fromEntries(services.map((service) => [service, 'http://127.0.0.1:9']));
  gateway = await startAuditedGateway(() => ({
    SUBGRAPH_URLS: JSON.stringify(urls),
    OPERATIONS_MODE: 'log',
    OPERATIONS_DIR: path.join(directory, 'kept'),
  }));
});
afterAll(async () => {
  await gateway.stop();
  rmSync(directory, { recursive: true });
});

const run = promisify(execFile);
const cli = fileURLToPath(new URL('cli.ts', import.meta.url));

async function ops(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, STEWARD_TOKEN: gateway.token, STEWARD_URL: gateway.url, LC_ALL: 'C' };
  return run(process.execPath, [cli, ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}

test('a file is read as its operations, each with the fragments that it spreads and no other', () => {
  const file = path.join(directory, 'app.graphql');
  writeFileSync(
    file,
    `query A { me { ...who } } query B { workOrderCounts { count } }
     fragment who on Viewer { actor ...more } fragment more on Viewer { roles { label } } fragment unused on Viewer { actor }`,
  );
  const [a = '', b = '', ...rest] = readOperations(file);
  expect(rest).toEqual([]);
  expect([a.includes('fragment who'), a.includes('fragment more'), a.includes('unused')]).toEqual([true, true, false]);
  expect(b).not.toContain('fragment');
});

test('push, list, show and retire, as an operator types them', async () => {
  const place = fileURLToPath(new URL('../start/queries', import.meta.url));
  const of = ['--client', 'console', '--version', '2.1'];
  expect(await ops('list')).toMatchObject({ code: 0, stdout: 'No client has registered operations.\n' });
  const pushed = await ops('push', ...of, place);
  expect(pushed.stdout).toMatch(/^[0-9a-f]{64} {2}WhoAmI\n[\s\S]*3 operations are registered for console 2\.1\.\n$/);
  expect((await ops('list')).stdout).toMatch(/^console {2}2\.1 {2}3 {2}20/);
  expect((await ops('show', ...of)).stdout).toContain('query WhoAmI{me{actor');
  expect((await ops('retire', ...of, '--locale', 'zh-CN')).stdout).toBe('console 2.1 已停用。\n');
  expect(await ops('show', ...of)).toMatchObject({ code: 1, stderr: 'console 2.1 has registered nothing.\n' });
});

test.each([
  [['push', '--client', 'x'], /^npm run ops -- push/],
  [['rename'], /^npm run ops -- push/],
  [['push', '--client', 'x', '--version', '1', '/nowhere'], /cannot be read/],
  [['list', '--url', 'http://127.0.0.1:9'], /cannot be reached/],
  [['list', '--token', 'x.y.z'], /token is not valid/],
])('%j fails with one sentence and no stack', async (args, said) => {
  const { code, stderr } = await ops(...args);
  expect([code, stderr.trim().split('\n').length]).toEqual([1, 1]);
  expect(stderr).toMatch(said);
});

test('mutated operations are the same for the same seed, and none is a registered one', () => {
  const registered = ['query A { me { actor } }', '{ workOrderCounts { count } }'];
  const some = [...mutatedOperations(registered, 500, 3)];
  expect(some).toEqual([...mutatedOperations(registered, 500, 3)]);
  expect(some).not.toEqual([...mutatedOperations(registered, 500, 4)]);
  expect(some.map((text) => text.replaceAll(/\s/g, ''))).not.toContain('queryA{me{actor}}');
});

test('where enforced, none of 300 mutated operations reaches a service, and the registered ones do', async () => {
  const result = await measureEnforcement(300, 11);
  expect(result).toMatchObject({ refused: 300, executed: 0, answered: 2 * result.registered });
});
