import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Source } from 'graphql';
import { composeSupergraph } from '../src/index.ts';
import { aPlatform, ask, bearer, type Answer, type Platform } from './a-gateway.ts';
import { aDeadAddress } from './a-server.ts';

// Operations that were made to take for ever: those of the published advisories are refused, or answered in time.

/** Far above what an answer takes on a busy machine, far below what the exponential ones would. */
const PROMPT_MS = 5_000;

let platform: Platform;
let url: string;
const directory = mkdtempSync(join(tmpdir(), 'steward-planning-'));
beforeAll(async () => {
  platform = await aPlatform();
  ({ url } = await platform.gateway());
});
afterAll(async () => {
  await platform.stop();
  rmSync(directory, { recursive: true });
});

async function promptly(query: string, at = url): Promise<Answer> {
  const began = performance.now();
  const answer = await ask(at, query, bearer(platform.token));
  expect(performance.now() - began).toBeLessThan(PROMPT_MS);
  return answer;
}
const refusal = ({ status, body }: Answer): unknown => [status, body.errors?.[0]?.extensions['reason']];

/** Each fragment spreads the next one twice: 2^levels fields when written out. */
const doubling = (levels: number, leaf: string): string =>
  Array.from({ length: levels }, (_, level) => {
    const below = level + 1 < levels ? `...f${level + 1} ...f${level + 1}` : leaf;
    return `fragment f${level} on Order { ${below} }`;
  }).join(' ');

test.each([
  ['in one selection', `{ orders { ...f0 } } ${doubling(40, 'id title')}`],
  ['under aliases', `{ a: orders { ...f0 } b: orders { ...f0 } } ${doubling(30, 'id assignee { name }')}`],
  ['unused', `{ orders { id } } ${doubling(40, 'id')}`],
])(
  'GHSA-q2f9-x4p4-7xmh, CVE-2025-32031, CVE-2025-32032, CVE-2025-32033, CVE-2025-32034, CVE-2025-32380, CVE-2025-31496: nested fragments that are spread again and again, %s',
  async (_name, query) => {
    const answer = await promptly(query);
    expect(answer.status).toBe(400);
    expect(['OPERATION_TOO_LARGE', 'GRAPHQL_VALIDATION_FAILED']).toContain(
      answer.body.errors?.[0]?.extensions['reason'],
    );
  },
);

test.each([
  ['itself', 'fragment f on Order { ...f }'],
  ['another and back', 'fragment f on Order { ...g } fragment g on Order { ...f id }'],
  ['itself below a field', 'fragment f on Order { assignee { ... on Person { id } } ...f }'],
])('recursion: a fragment that spreads %s', async (_name, fragment) => {
  expect(refusal(await promptly(`{ orders { ...f } } ${fragment}`))).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
});

test.each([
  ['values', `{ refuse(x: ${'['.repeat(4_000)}1${']'.repeat(4_000)}) }`],
  ['objects', `{ refuse(x: ${'{a:'.repeat(2_000)}1${'}'.repeat(2_000)}) }`],
  ['selections', `${'{ orders '.repeat(3_000)}${'}'.repeat(3_000)}`],
  ['inline fragments', `{ orders ${'{ ... '.repeat(3_000)}{ id }${'}'.repeat(3_000)} }`],
  ['types', `query ($x: ${'['.repeat(3_000)}Int${']'.repeat(3_000)}) { boom }`],
])('recursion: nested %s do not end the process', async (_name, query) => {
  expect((await promptly(query)).status).toBe(400);
  expect((await promptly('{ orders { id } }')).status).toBe(200);
});

test('CVE-2023-26144: fields that may overlap are compared in bounded time', async () => {
  const query = `{ orders { ${'title '.repeat(900)} } }`;
  expect(refusal(await promptly(query))).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
  const aliased = Array.from({ length: 90 }, (_, index) => `a${index}: assignee { name }`).join(' ');
  expect((await promptly(`{ orders { ${aliased} } }`)).status).toBe(200);
  expect(refusal(await promptly(`{ orders { ${'title '.repeat(3_000)} } }`))).toEqual([400, 'OPERATION_TOO_LARGE']);
});

test('GHSA-fmj9-77q8-g6c4: an operation that many services could share is planned in bounded time', async () => {
  const names = Array.from({ length: 6 }, (_, index) => `s${index}`);
  const fields = Array.from({ length: 8 }, (_, index) => `f${index}: String`).join(' ');
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
    type Query { t: T @shareable } type T @key(fields: "id") @shareable { id: ID! child: T other: T ${fields} }`;
  const composed = composeSupergraph(names.map((name) => ({ name, sources: [new Source(sdl, name)] })));
  if ('errors' in composed) throw new Error(composed.errors.join('\n'));
  const SUPERGRAPH_FILE = join(directory, 'shared.graphql');
  writeFileSync(SUPERGRAPH_FILE, composed.supergraph);
  const dead = await aDeadAddress();
  const gateway = await platform.gateway({
    SUPERGRAPH_FILE,
    SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(names.map((name) => [name, dead]))),
  });
  const nest = (depth: number): string =>
    depth === 0 ? 'f0 f1 f2' : `f0 f3 child { ${nest(depth - 1)} } other { ${nest(depth - 1)} }`;
  // Its one fetch finds nobody there: what matters is that the plan came to be.
  const answer = await promptly(`{ t { ${nest(6)} } }`, gateway.url);
  expect(refusal(answer)).toEqual([200, 'SUBGRAPH_UNAVAILABLE']);
});
