import { X509Certificate, type KeyObject } from 'node:crypto';

import { z } from 'zod';

import { ProviderError } from '../payment-provider.ts';
import { clockSkewSeconds, isSignedBy, messageOf, open } from './signatures.ts';

const listed = z.object({
  data: z.array(
    z.object({
      serial_no: z.string(),
      encrypt_certificate: z.object({
        algorithm: z.string(),
        nonce: z.string(),
        associated_data: z.string().nullish(),
        ciphertext: z.string(),
      }),
    }),
  ),
});

type Headers = Record<string, string | undefined>;
type Known = { key: KeyObject; validFrom: number; validTo: number };

const headersOf = (headers: Headers) => ({
  serial: headers['wechatpay-serial'] ?? '',
  signature: headers['wechatpay-signature'] ?? '',
  timestamp: Number(headers['wechatpay-timestamp'] ?? Number.NaN),
  once: headers['wechatpay-nonce'] ?? '',
});

/** `5F:A1` and `5fa1` are one number. */
export const serialOf = (certificate: X509Certificate): string =>
  certificate.serialNumber.replace(/^0+/, '').toUpperCase();

/** After a list that did not have a notice's serial no further one is asked for on a notice's word for so long. */
const cooldownSeconds = 60;

/** The certificates under which the provider signs; it changes them from time to time and tells which one it used. */
export class PlatformCertificates {
  readonly #apiKey: string;
  readonly #fetchList: () => Promise<{ headers: Headers; body: string }>;
  readonly #now: () => Date;
  readonly #known = new Map<string, Known>();
  #fetching: Promise<void> | undefined;
  /** Until then, in seconds, no notice makes us ask. */
  #quietUntil = Number.NEGATIVE_INFINITY;

  constructor(options: { apiKey: string; fetchList(): Promise<{ headers: Headers; body: string }>; now(): Date }) {
    this.#apiKey = options.apiKey;
    this.#fetchList = options.fetchList;
    this.#now = options.now;
  }

  /** Throws unless the provider has signed exactly this answer to a call of ours, now. */
  async verifyAnswer(headers: Headers, body: string): Promise<void> {
    this.#checkTime(headers);
    if (!this.#knows(headers)) await this.#refresh();
    this.#check(headers, body, this.#known);
  }

  /** The same for what anybody can send: a serial that nobody has cannot make us ask the provider for ever. */
  async verifyNotice(headers: Headers, body: string): Promise<void> {
    this.#checkTime(headers);
    const mayAsk = this.#fetching !== undefined || this.#seconds() >= this.#quietUntil;
    if (!this.#knows(headers) && mayAsk) {
      // Stays in force where the provider does not answer.
      this.#quietUntil = this.#seconds() + cooldownSeconds;
      await this.#refresh();
      if (this.#knows(headers)) this.#quietUntil = Number.NEGATIVE_INFINITY;
    }
    this.#check(headers, body, this.#known);
  }

  #knows(headers: Headers): boolean {
    return this.#known.has(headersOf(headers).serial.toUpperCase());
  }

  #seconds(): number {
    return this.#now().getTime() / 1000;
  }

  #checkTime(headers: Headers): void {
    const { timestamp } = headersOf(headers);
    if (!(Math.abs(this.#seconds() - timestamp) <= clockSkewSeconds)) throw new ProviderError('MESSAGE_TOO_OLD');
  }

  #check(headers: Headers, body: string, known: ReadonlyMap<string, Known>): void {
    this.#checkTime(headers);
    const { serial, signature, timestamp, once } = headersOf(headers);
    const seconds = this.#seconds();
    const found = known.get(serial.toUpperCase());
    if (found === undefined || seconds < found.validFrom || seconds > found.validTo)
      throw new ProviderError('CERTIFICATE_UNKNOWN');
    if (!isSignedBy(messageOf(timestamp, once, body), signature, found.key))
      throw new ProviderError('SIGNATURE_INVALID');
  }

  #refresh(): Promise<void> {
    this.#fetching ??= this.#fetchCertificates().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  /** The first list can be trusted because only the provider and we know the key it is sealed with; it signs it as well. */
  async #fetchCertificates(): Promise<void> {
    const { headers, body } = await this.#fetchList();
    const fresh = new Map<string, Known>();
    for (const { serial_no: serial, encrypt_certificate: sealed } of listed.parse(JSON.parse(body)).data) {
      const certificate = new X509Certificate(
        open({ ...sealed, associated_data: sealed.associated_data ?? '' }, this.#apiKey),
      );
      const validFrom = Date.parse(certificate.validFrom) / 1000;
      const validTo = Date.parse(certificate.validTo) / 1000;
      fresh.set(serial.toUpperCase(), { key: certificate.publicKey, validFrom, validTo });
    }
    this.#check(headers, body, fresh);
    this.#known.clear();
    for (const [serial, known] of fresh) this.#known.set(serial, known);
  }
}
