import { z } from 'zod';

import type { EventDefinition } from './define-event.ts';

/** A fact on its way: a CloudEvents 1.0 envelope in structured JSON, with the platform's extension attributes. */
export type StewardEvent<T> = {
  specversion: '1.0';
  /** The identity of the fact, however often it is sent. */
  id: string;
  source: string;
  type: string;
  /** The aggregate's id. */
  subject: string;
  /** The publisher's clock at the command, not at the sending. */
  time: string;
  dataschema: string;
  datacontenttype: 'application/json';
  tenantid: string;
  communityid?: string | undefined;
  aggregatetype: string;
  /** Rises by one with each fact of the aggregate, from 1. */
  aggregateversion: number;
  traceparent?: string | undefined;
  /** Role of whoever acted, `system` for timers and reactions; never who it was. Absent in facts from before it was told. */
  actorrole?: string | undefined;
  data: T;
};

/** The event of a definition, for a reaction that names what it is given: `EventOf<typeof personErased>`. */
export type EventOf<D> = D extends EventDefinition<infer T> ? StewardEvent<T> : never;

export const envelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.guid(),
  source: z.string(),
  type: z.string(),
  subject: z.guid(),
  time: z.iso.datetime(),
  dataschema: z.string(),
  datacontenttype: z.literal('application/json'),
  tenantid: z.guid(),
  communityid: z.guid().optional(),
  aggregatetype: z.string(),
  aggregateversion: z.int().min(1),
  traceparent: z.string().optional(),
  actorrole: z.string().optional(),
  data: z.unknown(),
});

/** The columns of the outbox that an envelope is made from. */
export type LoggedEvent = {
  id: string;
  tenant_id: string;
  community_id: string | null;
  aggregate_type: string;
  aggregate_id: string;
  aggregate_version: number;
  type: string;
  occurred_at: Date;
  traceparent: string | null;
  actor_role?: string | null;
  data: unknown;
};

const attributesOf = (publisher: string, row: Omit<LoggedEvent, 'data'>): Omit<StewardEvent<unknown>, 'data'> => ({
  specversion: '1.0',
  id: row.id,
  source: `/steward/${publisher}`,
  type: row.type,
  subject: row.aggregate_id,
  time: row.occurred_at.toISOString(),
  dataschema: `urn:steward:schema:${row.type}`,
  datacontenttype: 'application/json',
  tenantid: row.tenant_id,
  ...(row.community_id === null ? {} : { communityid: row.community_id }),
  aggregatetype: row.aggregate_type,
  aggregateversion: row.aggregate_version,
  ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  ...(row.actor_role == null ? {} : { actorrole: row.actor_role }),
});

export const toEnvelope = (publisher: string, row: LoggedEvent): StewardEvent<unknown> => ({
  ...attributesOf(publisher, row),
  data: row.data,
});

/** The envelope as it is sent, around data that are JSON already. */
export const envelopeText = (publisher: string, row: Omit<LoggedEvent, 'data'> & { data: string }): string =>
  `${JSON.stringify(attributesOf(publisher, row)).slice(0, -1)},"data":${row.data}}`;
