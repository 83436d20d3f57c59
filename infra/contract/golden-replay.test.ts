import { afterEach, expect, test } from '@jest/globals';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { newId } from '@steward/core';
import { allEvents, chargeRaised, type EventDefinition } from '@steward/events';
import type { ServiceDefinition } from '@steward/service-kit';
import { startTestService, type TestService } from '@steward/test-kit';
import pg from 'pg';

import { benchTenant, fillWorkOrders } from '../bench/list-data.ts';
import { readManifest } from '../lint/source-module.ts';
import { repoRoot, serviceDirectories } from '../check/workspaces.ts';
import { readGolden, type GoldenPayload } from './golden-payloads.ts';

type GoldenFact = { definition: EventDefinition<unknown>; payload: GoldenPayload };

/**
 * Facts that a rule refuses because the golden payloads alone do not make the world they need; the reason is the
 * rule's. What follows on the same aggregate waits behind one of them.
 */
const refused: Record<string, { type: string; reason: string }[]> = {
  billing: [
    // Nobody can owe what is neither a unit's nor a household's.
    { type: 'steward.work-orders.work-order.charge-requested.v1', reason: 'LIABLE_PARTY_UNKNOWN' },
    // No golden fact says who owns the unit that a mandate is for.
    { type: 'steward.residents.rental-mandate.charge-requested.v1', reason: 'LIABLE_PARTY_UNKNOWN' },
    // Nobody holds the unit on the day.
    { type: 'steward.residents.move-out.charge-requested.v1', reason: 'HOLDER_MISSING' },
    // Tariffs are the company's own to draft; no fact brings them.
    { type: 'steward.residents.move-in.charge-requested.v1', reason: 'CHARGE_TYPE_WITHOUT_TARIFF' },
    { type: 'steward.residents.move-in.charge-requested.v1', reason: 'CHARGE_TYPE_WITHOUT_TARIFF' },
  ],
};

/** What a service must have of its own before golden facts can be about it. */
const world: Record<string, (running: TestService, tenantId: string) => Promise<void>> = {
  'work-orders': keepChargedOrder,
};

/** An order whose agreed fee was handed to billing: the golden charges answer that. */
async function keepChargedOrder(running: TestService, tenantId: string): Promise<void> {
  const [charge] = readGolden(repoRoot, chargeRaised.type);
  const admin = new pg.Client({ connectionString: running.databaseUrl });
  await admin.connect();
  await fillWorkOrders(admin, 1);
  await admin.end();
  const { cause } = chargeRaised.data.parse(charge?.data);
  await running.sql(
    `update work_order set id = $1, tenant_id = $2, community_id = $3, agreed_quote_id = $1, agreed_fee_amount = 3,
       charge_state = 'REQUESTED'
     where tenant_id = $4`,
    [cause?.aggregateId, tenantId, charge?.communityId, benchTenant],
  );
}

/** By the last words of a fact: what begins something comes before what changes it and what ends it. */
const beginnings = [/registered|raised|opened/, /started|added|assigned/];
const ends = /ended|released|left|reversed|retired/;

function stageOf({ fact }: EventDefinition<unknown>): number {
  const begun = beginnings.findIndex((words) => words.test(fact));
  return begun >= 0 ? begun : ends.test(fact) ? beginnings.length + 1 : beginnings.length;
}

/** In an order in which they may happen: handlers see aggregates that they know already. */
function goldenFacts(aggregates: ReadonlySet<string>): GoldenFact[] {
  return allEvents
    .filter(({ publisher, aggregate }) => aggregates.has(`${publisher}.${aggregate}`))
    .toSorted((one, other) => stageOf(one) - stageOf(other))
    .flatMap((definition) => readGolden(repoRoot, definition.type).map((payload) => ({ definition, payload })));
}

const services = serviceDirectories();
let service: TestService | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

async function load(directory: string): Promise<ServiceDefinition> {
  const entry = readManifest(repoRoot, directory).exports?.['.'] ?? '';
  const module = (await import(pathToFileURL(join(repoRoot, directory, entry)).href)) as {
    definition: ServiceDefinition;
  };
  return module.definition;
}

test.each(services.map((directory) => basename(directory)))(
  "%s takes every golden fact it subscribes to with today's handlers",
  async (name) => {
    const definition = await load(`services/${name}`);
    const aggregates = new Set(
      definition.handlers.map(({ definition: { publisher, aggregate } }) => `${publisher}.${aggregate}`),
    );
    const facts = goldenFacts(aggregates);
    service = await startTestService(definition);
    const tenantId = newId();
    await world[name]?.(service, tenantId);
    // Publishers have a stream each: one stage after the other, so that no fact overtakes what it builds on.
    for (const stage of Map.groupBy(facts, ({ definition: fact }) => stageOf(fact)).values()) {
      for (const { definition: fact, payload } of stage) {
        const { subject, communityId, data } = payload;
        await service.wire.send(fact, { tenantId, communityId, aggregateId: subject, data });
      }
      await service.settle();
    }
    type Parked = { type: string; subject: string; reason: string; detail: object };
    const parked = await service.sql<Parked>(
      'select type, aggregate_id as subject, reason, detail from parked_event order by stream_seq',
    );
    const roots = parked.filter(({ reason }) => reason !== 'WAITING');
    type Refused = { type: string; reason: string };
    const byReason = (one: Refused, other: Refused): number =>
      `${one.reason} ${one.type}`.localeCompare(`${other.reason} ${other.type}`);
    expect(roots.toSorted(byReason)).toMatchObject((refused[name] ?? []).toSorted(byReason));
    expect(roots).toHaveLength((refused[name] ?? []).length);
    const stopped = new Set(roots.map(({ subject }) => subject));
    expect(parked.filter(({ subject }) => !stopped.has(subject))).toEqual([]);
    // Consumers with a name of their own have positions of their own.
    const [reached] = await service.sql<{ versions: number }>(
      'select coalesce(sum(version), 0)::int as versions from consumer_position where consumer = $1',
      [name],
    );
    expect(reached?.versions).toBe(facts.length - parked.length);
    expect(facts.length > 0).toBe(aggregates.size > 0);
  },
);
