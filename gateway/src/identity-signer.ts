import { createCallSigner, IDENTITY_SECONDS, signIdentity, type CallSigner, type Viewer } from '@steward/auth';
import { importJWK, type CryptoKey, type JWK } from 'jose';

/** An identity this near its end is not sent any more: it has to live until the service has read it. */
const MARGIN_MS = 20_000;

export type IdentitySigner = {
  identity: (viewer: Viewer, service: string) => Promise<string>;
  /** Ties the identity to one call and its body. */
  call: CallSigner;
};

/** Signs who the viewer is for a service. Kept per viewer object and service, and gone with the viewer. */
export async function createIdentitySigner(key: JWK & { kid: string }): Promise<IdentitySigner> {
  const privateKey = (await importJWK(key, 'EdDSA')) as CryptoKey;
  const signed = new WeakMap<Viewer, Map<string, { token: Promise<string>; until: number }>>();
  const identity: IdentitySigner['identity'] = (viewer, service) => {
    const ofViewer = signed.get(viewer) ?? new Map<string, { token: Promise<string>; until: number }>();
    signed.set(viewer, ofViewer);
    const kept = ofViewer.get(service);
    if (kept !== undefined && Date.now() < kept.until) return kept.token;
    const token = signIdentity(viewer, privateKey, { kid: key.kid, audience: service });
    ofViewer.set(service, { token, until: Date.now() + IDENTITY_SECONDS * 1_000 - MARGIN_MS });
    return token;
  };
  return { identity, call: createCallSigner(key) };
}
