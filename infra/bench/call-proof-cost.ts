import { createCallSigner, createCallVerifier, generateIdentityKey, signIdentity, type Viewer } from '@steward/auth';
import { newId } from '@steward/core';

const viewer: Viewer = {
  sub: 'bench',
  tenantId: newId(),
  actor: 'staff',
  staffId: newId(),
  roles: ['director'],
  departments: [],
  communityIds: 'all',
  audience: 'bench',
};

const microseconds = (times: number, work: (n: number) => void): number => {
  const before = process.cpuUsage();
  for (let n = 0; n < times; n += 1) work(n);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
};

/** CPU microseconds for signing one call, and for checking it, over a body of ordinary length. */
export async function callProofCost(times = 5_000): Promise<{ signUs: number; verifyUs: number }> {
  const key = await generateIdentityKey();
  const identity = await signIdentity(viewer, key.privateKey, { kid: key.kid, audience: 'bench' });
  const sign = createCallSigner(key.privateKey);
  const verify = createCallVerifier(key.publicKeys);
  const body = JSON.stringify({ query: 'x'.repeat(600), variables: { first: 20 } });
  const bytes = Buffer.from(body);
  const proofs: string[] = [];
  microseconds(times, () => sign(identity, body));
  const signUs = microseconds(times, () => proofs.push(sign(identity, body)));
  const verifyUs = microseconds(times, (n) => verify(proofs[n], identity, bytes));
  return { signUs: Math.round(signUs), verifyUs: Math.round(verifyUs) };
}
