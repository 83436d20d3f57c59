import type { GatewayClient } from '../gateway-client.ts';
import { ImportError } from '../import-error.ts';

const query = /* GraphQL */ `
  query ImportCommunities($number: String) {
    communities(first: 100, filter: { number: $number, status: [ACTIVE] }) {
      nodes {
        id
        number
      }
    }
  }
`;

/** The community of that code; without a code the only one there is. */
export async function communityByCode(client: GatewayClient, code: string | undefined): Promise<string> {
  type Answer = { communities: { nodes: { id: string; number: string }[] } };
  const { communities } = await client<Answer>(query, { number: code ?? null });
  const [found, ...more] = communities.nodes;
  if (found === undefined) throw new ImportError('COMMUNITY_UNKNOWN', { params: { code: code ?? '' } });
  if (more.length > 0) {
    const codes = communities.nodes.map(({ number }) => number).join(', ');
    throw new ImportError('COMMUNITY_NEEDED', { params: { codes } });
  }
  return found.id;
}
