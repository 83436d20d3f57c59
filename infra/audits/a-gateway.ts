import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { generateIdentityKey, type IdentityKey, type ViewerClaims } from '@steward/auth';
import { runGateway } from '@steward/gateway';

import { DEV_AUDIENCE, DEV_ISSUER, issuerKey, signDevToken, startDevIssuer } from '../dev-issuer/index.ts';

/** Somebody who may ask for what needs no more than an identity. */
export const claims: ViewerClaims = {
  tenantId: '01930000-0000-7000-8000-000000000001',
  actor: 'staff',
  staffId: '01930000-0000-7000-8000-000000000020',
  roles: ['clerk', 'operator'],
  departments: ['CUSTOMER_SERVICE'],
  communityIds: 'all',
};

export type AuditedGateway = { url: string; token: string; identity: IdentityKey; stop(): Promise<void> };

/** A gateway with an issuer of its own on free ports; `env` says what it stands in front of. */
export async function startAuditedGateway(
  env: (identity: IdentityKey) => NodeJS.ProcessEnv | Promise<NodeJS.ProcessEnv>,
): Promise<AuditedGateway> {
  const directory = mkdtempSync(path.join(tmpdir(), 'steward-audit-'));
  const keyFile = path.join(directory, 'issuer.json');
  const identity = await generateIdentityKey();
  const issuer = await startDevIssuer({ keyFile, host: '127.0.0.1', port: 0 });
  const { privateKey } = await issuerKey(keyFile);
  const gateway = await runGateway({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    OIDC_ISSUER: DEV_ISSUER,
    OIDC_AUDIENCE: DEV_AUDIENCE,
    OIDC_JWKS_URL: issuer.jwksUrl,
    IDENTITY_PRIVATE_KEY: JSON.stringify(identity.privateKey),
    ...(await env(identity)),
  });
  return {
    url: `${gateway.url}/graphql`,
    token: await signDevToken(privateKey, { sub: 'auditor', claims }),
    identity,
    stop: async () => {
      await gateway.stop();
      await issuer.stop();
      rmSync(directory, { recursive: true });
    },
  };
}
