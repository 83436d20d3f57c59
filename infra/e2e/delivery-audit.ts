import type { Platform } from './platform.ts';

type LoggedAggregate = { id: string; type: string; first: number; last: number; facts: number };

/** What one service has published and consumed, as its database knows it. */
export type ServiceAudit = {
  /** Facts of its log that the broker has not confirmed. */
  unsent: number;
  /** Aggregates whose versions in its log are not 1, 2, 3 ... each once. */
  broken: LoggedAggregate[];
  /** What it could not consume. */
  parked: { type: string; state: string; reason: string }[];
  /** Types of the aggregates that it follows. */
  follows: string[];
  /** Aggregates of those types in whose facts it stands elsewhere than at the last one. */
  behind: { id: string; type: string; last: number; position: number | undefined }[];
};

async function logOf(platform: Platform, service: string, tenantId: string): Promise<LoggedAggregate[]> {
  return platform.sql<LoggedAggregate>(
    service,
    tenantId,
    `select aggregate_id as id, aggregate_type as type, min(aggregate_version) as first,
            max(aggregate_version) as last, count(*)::int as facts
       from outbox group by 1, 2`,
  );
}

async function auditService(
  platform: Platform,
  service: string,
  { tenantId, logged }: { tenantId: string; logged: ReadonlyMap<string, LoggedAggregate[]> },
): Promise<ServiceAudit> {
  const [unsent] = await platform.sql<{ count: number }>(
    service,
    tenantId,
    'select count(*)::int as count from outbox_delivery where published_at is null',
  );
  const parked = await platform.sql<{ type: string; state: string; reason: string }>(
    service,
    tenantId,
    'select type, state, reason from parked_event',
  );
  const positions = await platform.sql<{ id: string; version: number }>(
    service,
    tenantId,
    'select aggregate_id as id, version from consumer_position',
  );
  const versions = new Map(positions.map(({ id, version }) => [id, version]));
  const others = [...logged].flatMap(([publisher, aggregates]) => (publisher === service ? [] : aggregates));
  const follows = new Set(others.filter(({ id }) => versions.has(id)).map(({ type }) => type));
  const followed = others.filter(({ type }) => follows.has(type));
  return {
    unsent: unsent?.count ?? 0,
    broken: (logged.get(service) ?? []).filter(({ first, last, facts }) => first !== 1 || facts !== last),
    parked,
    follows: [...follows].toSorted(),
    behind: followed.flatMap(({ id, type, last }) => {
      const position = versions.get(id);
      return position === last ? [] : [{ id, type, last, position }];
    }),
  };
}

/** Compares the permanent logs of all services with what the others have made of them. */
export async function auditDelivery(platform: Platform, tenantId: string): Promise<Record<string, ServiceAudit>> {
  const { services } = platform;
  const logs = await Promise.all(
    services.map(async (service) => [service, await logOf(platform, service, tenantId)] as const),
  );
  const logged = new Map(logs);
  const audits = services.map(
    async (service) => [service, await auditService(platform, service, { tenantId, logged })] as const,
  );
  return Object.fromEntries(await Promise.all(audits));
}
