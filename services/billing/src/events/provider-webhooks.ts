import { isId } from '@steward/core';
import type { Tx } from '@steward/db';
import { ProviderError, type ProviderNotice } from '@steward/payments';
import type { WebhookParts } from '@steward/service-kit';
import express, { Router, type Request } from 'express';

import { accountAtProvider, clientOf, formerAccounts, type AtProvider } from '../commands/provider-client.ts';
import { takeProviderNotice } from '../commands/take-provider-notice.ts';

const headersOf = (request: Request): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );

/** The merchant that a community has, and those it had: what they took may be told of late. */
const merchantsOf = async (tx: Tx, communityId: string): Promise<AtProvider[]> => {
  const account = await accountAtProvider(tx, communityId);
  const accounts = account === null ? [] : [account, ...(await formerAccounts(tx, communityId))];
  return accounts.map((one) => clientOf(tx, one));
};

/** A notice as the first merchant reads it whose keys fit; what none can read is refused as the community's own does. */
async function readBy(
  [first, ...others]: readonly AtProvider[],
  headers: Record<string, string | undefined>,
  body: string,
): Promise<ProviderNotice | null> {
  if (first === undefined) return null;
  try {
    return await first.provider.readNotice(headers, body);
  } catch (error) {
    for (const { provider } of others) {
      const notice = await provider.readNotice(headers, body).catch(() => null);
      if (notice !== null) return notice;
    }
    throw error;
  }
}

/**
 * `POST /hooks/billing/wechat-pay/<tenant>/<community>`: what the provider tells by itself. The path says whose keys are
 * tried; only the provider's signature and our key of that community make it believed. 204 once it is booked, so that the
 * provider tells again whatever was not.
 */
export function counterWebhooks({ write, log }: WebhookParts): Router {
  const router = Router();
  const body = express.text({ type: () => true, limit: '64kb' });
  router.post('/hooks/billing/wechat-pay/:tenantId/:communityId', body, async (request, response) => {
    const { tenantId, communityId } = request.params;
    const refuse = (status: number, code: string): void => void response.status(status).json({ code, message: code });
    if (!isId(tenantId) || !isId(communityId)) return refuse(404, 'NOT_FOUND');
    try {
      const merchants = await write(tenantId, 'providerOf', (tx) => merchantsOf(tx, communityId));
      const text = typeof request.body === 'string' ? request.body : '';
      const notice = await readBy(merchants, headersOf(request), text);
      if (notice === null) return refuse(404, 'NOT_FOUND');
      await write(tenantId, 'takeProviderNotice', (tx) => takeProviderNotice(tx, communityId, notice));
      response.status(204).end();
    } catch (error) {
      const isRefused = error instanceof ProviderError;
      log.warn({ err: error }, 'a notice of the payment provider was not taken');
      refuse(isRefused && !error.isTemporary ? 401 : 503, isRefused ? error.code : 'FAIL');
    }
  });
  return router;
}
