import { createDecipheriv, createCipheriv, createSign, createVerify, randomBytes, type KeyLike } from 'node:crypto';

/** Oldest and newest a signed message may be, in seconds, as the protocol sets it against replays. */
export const clockSkewSeconds = 300;

/** Lines of a message, each ended by a newline: what both sides sign. */
export const messageOf = (...lines: readonly (string | number)[]): string => lines.map((line) => `${line}\n`).join('');

export const sign = (message: string, privateKey: KeyLike): string =>
  createSign('RSA-SHA256').update(message).sign(privateKey, 'base64');

export const isSignedBy = (message: string, signature: string, publicKey: KeyLike): boolean =>
  createVerify('RSA-SHA256').update(message).verify(publicKey, signature, 'base64');

export const nonce = (): string => randomBytes(16).toString('hex');

type Caller = { merchantId: string; serialNumber: string; privateKey: KeyLike };
type Call = { method: string; target: string; body: string; timestamp: number };

/** The `Authorization` of a call by a merchant. `target` is the path with its query. */
export function authorization({ merchantId, serialNumber, privateKey }: Caller, call: Call): string {
  const once = nonce();
  const signature = sign(messageOf(call.method, call.target, call.timestamp, once, call.body), privateKey);
  const parts = { mchid: merchantId, nonce_str: once, signature, timestamp: call.timestamp, serial_no: serialNumber };
  const fields = Object.entries(parts).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${fields.join(',')}`;
}

/** A value that was sealed with the merchant's APIv3 key. */
export type Sealed = { algorithm: string; ciphertext: string; associated_data?: string | null; nonce: string };

const tagLength = 16;

/** Opens what the provider sealed (AES-256-GCM); throws when a single bit was changed. */
export function open(sealed: Sealed, apiKey: string): string {
  if (sealed.algorithm !== 'AEAD_AES_256_GCM') throw new Error('an unknown algorithm');
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiKey), Buffer.from(sealed.nonce), {
    authTagLength: tagLength,
  });
  decipher.setAuthTag(bytes.subarray(-tagLength));
  decipher.setAAD(Buffer.from(sealed.associated_data ?? ''));
  return Buffer.concat([decipher.update(bytes.subarray(0, -tagLength)), decipher.final()]).toString('utf8');
}

/** The other direction, as the provider does it. */
export function seal(text: string, apiKey: string, associatedData: string): Sealed {
  const once = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiKey), Buffer.from(once), { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(associatedData));
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: bytes.toString('base64'),
    associated_data: associatedData,
    nonce: once,
  };
}
