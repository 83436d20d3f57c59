import { isId } from '@steward/core';
import { ProviderError } from '@steward/payments';
import type { WebhookParts } from '@steward/service-kit';
import express, { Router, type Request } from 'express';

import { providerOf } from '../commands/provider-client.ts';
import { takeProviderNotice } from '../commands/take-provider-notice.ts';

const headersOf = (request: Request): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );

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
      const found = await write(tenantId, 'providerOf', (tx) => providerOf(tx, communityId));
      if (found === null) return refuse(404, 'NOT_FOUND');
      const notice = await found.provider.readNotice(
        headersOf(request),
        typeof request.body === 'string' ? request.body : '',
      );
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
