import type { KeyLike } from 'node:crypto';

import { ProviderError } from '../payment-provider.ts';
import { failure } from './answers.ts';
import { authorization } from './signatures.ts';

export type Answer = { status: number; headers: Record<string, string | undefined>; body: string };

export type Caller = {
  /** `https://api.mch.weixin.qq.com`, or a simulated server. */
  origin: string;
  merchantId: string;
  serialNumber: string;
  privateKey: KeyLike;
  now(): Date;
};

const timeoutMs = 10_000;

function codeOf(body: string): string {
  try {
    return failure.parse(JSON.parse(body)).code;
  } catch {
    return 'PROVIDER_REFUSED';
  }
}

/** One signed call. An answer that is no success becomes an error with the provider's code, without its words. */
export async function call(caller: Caller, method: 'GET' | 'POST', target: string, input?: object): Promise<Answer> {
  const body = input === undefined ? '' : JSON.stringify(input);
  const timestamp = Math.floor(caller.now().getTime() / 1000);
  const headers = {
    accept: 'application/json',
    'user-agent': 'steward',
    authorization: authorization(caller, { method, target, body, timestamp }),
    ...(input === undefined ? {} : { 'content-type': 'application/json' }),
  };
  let response: Response;
  let text: string;
  try {
    const content = input === undefined ? {} : { body };
    const signal = AbortSignal.timeout(timeoutMs);
    response = await fetch(`${caller.origin}${target}`, { method, headers, signal, redirect: 'error', ...content });
    text = await response.text();
  } catch {
    throw new ProviderError('PROVIDER_UNREACHABLE');
  }
  if (!response.ok) throw new ProviderError(codeOf(text), response.status);
  return { status: response.status, headers: Object.fromEntries(response.headers), body: text };
}
