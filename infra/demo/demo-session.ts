import type { Role } from '@steward/auth';

import { signDevToken, issuerKey } from '../dev-issuer/index.ts';
import { createGatewayClient, type GatewayClient } from '../import/gateway-client.ts';
import { dataPath } from '../start/layout.ts';
import { demoTenants, type DemoAccount, type DemoTenant } from './accounts.ts';

/** Answers a bearer token for an account. */
export type TokenOf = (account: DemoAccount) => Promise<string>;

/** The platform as one account of the demo meets it. */
export type DemoSession = {
  /** A client with the rights of the account; one per account, however often it is asked for. */
  as(account: DemoAccount): GatewayClient;
  /** Puts the bytes of an announced file to where it was announced. */
  put(uploadUrl: string, content: Uint8Array<ArrayBuffer>): Promise<void>;
};

const signWithDevKey: TokenOf = async (account) => {
  const { privateKey } = await issuerKey(dataPath('dev-issuer-key.json'));
  return signDevToken(privateKey, account, { isExpired: false });
};

export function openDemoSession(gatewayUrl: string, token: TokenOf = signWithDevKey): DemoSession {
  const clients = new Map<string, GatewayClient>();
  return {
    as: (account) => {
      const known = clients.get(account.sub);
      if (known !== undefined) return known;
      let signed: Promise<string> | undefined;
      const client = createGatewayClient({ url: gatewayUrl, token: () => (signed ??= token(account)) });
      clients.set(account.sub, client);
      return client;
    },
    put: async (uploadUrl, content) => {
      const response = await fetch(new URL(uploadUrl, gatewayUrl), { method: 'PUT', body: content });
      if (!response.ok) throw new Error(`a file of the demo was not taken (${response.status})`);
    },
  };
}

/** An account of somebody whom the demo hires. */
export function staffAccount(
  tenant: DemoTenant,
  about: { staffId: string; role: Role; name: string; communityId: string; departments: string[] },
): DemoAccount {
  const { staffId, role, name, communityId, departments } = about;
  return {
    names: [name],
    tenant,
    role,
    sub: `demo-${tenant}-${staffId}`,
    claims: {
      tenantId: demoTenants[tenant].id,
      actor: 'staff',
      staffId,
      roles: [role],
      departments,
      communityIds: [communityId],
    },
  };
}
