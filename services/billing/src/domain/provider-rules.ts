import { refuseAll, type Violation } from '@steward/core';

/** Addresses of the provider itself; the second is its spare one. */
export const providerOrigin = 'https://api.mch.weixin.qq.com';
const providerOrigins = [providerOrigin, 'https://api2.mch.weixin.qq.com'];

/** A simulated provider stands on this machine and nowhere else; in production nothing on it is asked. */
const isLoopback = (origin: string): boolean => /^http:\/\/127\.0\.0\.1:\d{2,5}$/.test(origin);

export type ProviderSettings = {
  merchantId: string;
  serialNumber: string;
  privateKey: string;
  apiKey: string;
  apiOrigin: string;
  notifyOrigin: string;
};

/**
 * The account of a community at the provider, as far as it can be judged without asking there. In production the
 * platform asks the provider alone: a director cannot point it at what else listens on its machine.
 */
export function checkProviderSettings(settings: ProviderSettings, isProduction: boolean): void {
  const violations: Violation[] = [];
  const refuseIf = (isRefused: boolean, field: string): void => {
    if (isRefused) violations.push({ path: `input.${field}`, reason: 'PROVIDER_SETTING_MALFORMED', params: { field } });
  };
  refuseIf(!/^\d{8,12}$/.test(settings.merchantId), 'merchantId');
  refuseIf(!/^[0-9A-Fa-f]{8,64}$/.test(settings.serialNumber), 'serialNumber');
  refuseIf(!settings.privateKey.includes('-----BEGIN PRIVATE KEY-----'), 'privateKey');
  refuseIf(Buffer.byteLength(settings.apiKey) !== 32, 'apiKey');
  const isHere = (origin: string): boolean => !isProduction && isLoopback(origin);
  refuseIf(!providerOrigins.includes(settings.apiOrigin) && !isHere(settings.apiOrigin), 'apiOrigin');
  const isOurs = /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(settings.notifyOrigin) || isHere(settings.notifyOrigin);
  refuseIf(!isOurs, 'notifyOrigin');
  refuseAll(violations);
}

export type DayEntry = { number: string; amount: number };
export type DayDifference = {
  reason: 'NOT_OURS' | 'NOT_THEIRS' | 'AMOUNT';
  number: string;
  ours: number;
  theirs: number;
};

/** A day of the provider beside ours, number by number; refunds are negative. */
export function compareDay(ours: readonly DayEntry[], theirs: readonly DayEntry[]): DayDifference[] {
  const open = new Map(ours.map(({ number, amount }) => [number, amount]));
  const differences: DayDifference[] = [];
  for (const { number, amount } of theirs) {
    const own = open.get(number);
    open.delete(number);
    if (own === undefined) differences.push({ reason: 'NOT_OURS', number, ours: 0, theirs: amount });
    else if (own !== amount) differences.push({ reason: 'AMOUNT', number, ours: own, theirs: amount });
  }
  for (const [number, amount] of open) differences.push({ reason: 'NOT_THEIRS', number, ours: amount, theirs: 0 });
  return differences;
}
