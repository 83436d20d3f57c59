import { interpolate, type ErrorCode, type Locale, type Params } from '@steward/core';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { labels as en } from './labels.en.ts';
import { labels as zhCN } from './labels.zh-CN.ts';
import type { RequestScope } from './request-scope.ts';

const labels: Record<Locale, Record<string, string>> = { en, 'zh-CN': zhCN };

export type Refusal = { code: ErrorCode; reason: string; params?: Params };

export const refusalText = (locale: Locale, reason: string, params: Record<string, unknown> = {}): string =>
  interpolate(labels[locale][`reason.${reason}`] ?? reason, params);

/** A refusal of the gateway's own, in the shape and language in which clients meet every error. */
export function formatRefusal({ code, reason, params }: Refusal, scope: RequestScope): GraphQLFormattedError {
  const { locale, traceId } = scope;
  return { message: refusalText(locale, reason, { ...params, traceId }), extensions: { code, reason, traceId } };
}

/** The body of an HTTP answer that never reached the graph. */
export const refusalBody = (refusal: Refusal, scope: RequestScope): { errors: GraphQLFormattedError[] } => ({
  errors: [formatRefusal(refusal, scope)],
});

type HttpHead = { status: number; headers: Map<string, string> };

/** A refusal thrown on the way through Apollo Server; `refusalOf` finds it again in its hands. */
export class RefusalError extends GraphQLError {
  readonly refusal: Refusal;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(refusal: Refusal, http?: { status: number; headers?: Record<string, string> }) {
    const head: HttpHead | undefined = http && {
      status: http.status,
      headers: new Map(Object.entries(http.headers ?? {})),
    };
    super(refusal.reason, { extensions: head === undefined ? {} : { http: head } });
    this.refusal = refusal;
    this.status = http?.status ?? 500;
    this.headers = http?.headers ?? {};
  }
}
