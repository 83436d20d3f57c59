import { derivedKey } from '../derived-key.ts';
import type { GatewayClient } from '../gateway-client.ts';

/** The community that the requests of the 311 line belong to. */
export const nyc311Community = {
  code: 'NYC-311',
  name: 'NYC 311',
  timeZone: 'America/New_York',
  locale: 'en',
  currency: 'USD',
};

const findCommunity = /* GraphQL */ `
  query ImportCommunity($number: String!) {
    communities(first: 1, filter: { number: $number }) {
      nodes {
        id
      }
    }
  }
`;

const registerCommunity = /* GraphQL */ `
  mutation ImportRegisterCommunity($input: RegisterCommunityInput!) {
    registerCommunity(input: $input) {
      community {
        id
      }
    }
  }
`;

/** The id of the community, which is entered by the first import. */
export async function nyc311CommunityId(client: GatewayClient, runId: string): Promise<string> {
  type Found = { communities: { nodes: { id: string }[] } };
  const { communities } = await client<Found>(findCommunity, { number: nyc311Community.code });
  const [known] = communities.nodes;
  if (known !== undefined) return known.id;
  const input = { ...nyc311Community, idempotencyKey: derivedKey(runId, 'registerCommunity') };
  type Registered = { registerCommunity: { community: { id: string } } };
  const { registerCommunity: registered } = await client<Registered>(registerCommunity, { input });
  return registered.community.id;
}
