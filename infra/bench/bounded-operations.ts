import { quantile } from './measure.ts';

const repeated = (times: number, text: (n: number) => string): string =>
  Array.from({ length: times }, (_, n) => text(n)).join(' ');

/** An operation that goes beyond each bound of the gateway, by the name of the bound. */
const beyond: Record<string, { query: string; variables?: object }> = {
  characters: { query: `{ company { id } } #${'x'.repeat(100_000)}` },
  tokens: { query: `{ company { id ${repeated(10_001, () => 'id')} } }` },
  depth: { query: `${'{ company '.repeat(21)}${'}'.repeat(21)}` },
  aliases: { query: `{ company { ${repeated(101, (n) => `a${n}: id`)} } }` },
  directives: { query: `{ company { id ${repeated(51, () => '@skip(if: false)')} } }` },
  rootFields: { query: `{ ${repeated(31, () => 'company { id }')} }` },
  fields: { query: `{ company { ${repeated(1_001, () => 'id')} } }` },
  fragments: {
    query: `{ company { ...f0 } } ${repeated(20, (n) => `fragment f${n} on Company { ...f${n + 1} ...f${n + 1} }`)} fragment f20 on Company { id }`,
  },
  variables: { query: `query(${repeated(101, (n) => `$v${n}: Int`)}) { company { id } }` },
  listEntries: {
    query: 'query($v: [ID!]) { company { id } }',
    variables: { v: Array.from({ length: 1_001 }, () => 'x') },
  },
  cost: {
    query: `{ ${repeated(6, (n) => `a${n}: departments(first: 100) { nodes { staffMembers(first: 100) { nodes { id } } } }`)} }`,
  },
};

export type RefusalFigures = { status: number; reason: string; p50ms: number; p99ms: number };

/** How long each bound takes to refuse what goes beyond it, one request at a time. */
export async function measureRefusals(
  url: string,
  token: string,
  times: number,
): Promise<Record<string, RefusalFigures>> {
  const figures: Record<string, RefusalFigures> = {};
  for (const [bound, operation] of Object.entries(beyond)) {
    const body = JSON.stringify(operation);
    const taken: number[] = [];
    let said = { status: 0, reason: '' };
    for (let left = times; left > 0; left -= 1) {
      const startedAt = performance.now();
      said = await refused(url, token, body);
      taken.push(performance.now() - startedAt);
    }
    taken.sort((a, b) => a - b);
    figures[bound] = { ...said, p50ms: rounded(quantile(taken, 0.5)), p99ms: rounded(quantile(taken, 0.99)) };
  }
  return figures;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

async function refused(url: string, token: string, body: string): Promise<{ status: number; reason: string }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { reason: string } }[] };
  return { status: response.status, reason: errors[0]?.extensions.reason ?? 'none' };
}
