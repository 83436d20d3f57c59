import { DomainError, newId } from '@steward/core';
import { aggregateColumns, column, defineEntity, rows, txScope, type Tx } from '@steward/db';
import { deadlineEvents, defineEvent, type StewardEvent } from '@steward/events';
import { z } from 'zod';

import {
  authorize,
  cancelDeadlines,
  defineAggregate,
  definePolicy,
  insertAggregate,
  lockAggregate,
  meetDeadline,
  nextNumber,
  notify,
  pauseDeadlines,
  publish,
  resolvePolicy,
  resumeDeadlines,
  saveAggregate,
  schedule,
  seal,
  setPolicyFigure,
  startDeadline,
  type AggregateRow,
  type DueTimer,
} from '../src/index.ts';

// The smallest service that uses every mechanism of the kit: lamps that are lit, watched and go out.

export type LampRow = AggregateRow & {
  communityId: string;
  number: string;
  watts: number;
  ownerName: string;
  personId: string | null;
};

export const lampEntity = defineEntity<LampRow>({
  name: 'Lamp',
  table: 'lamp',
  columns: {
    ...aggregateColumns,
    watts: column.int(),
    ownerName: column.text(),
    personId: column.uuid({ nullable: true }),
  },
});

const lampData = z.object({ lampId: z.guid(), watts: z.int() });
const fact = (name: string) =>
  defineEvent({
    publisher: 'sample',
    aggregate: 'lamp',
    fact: name,
    version: 1,
    description: 'A lamp.',
    data: lampData,
  });
export const lampLit = fact('lit');
export const lampDimmed = fact('dimmed');
export const sourceLit = defineEvent({
  publisher: 'source',
  aggregate: 'torch',
  fact: 'lit',
  version: 1,
  description: 'A torch.',
  data: z.object({ watts: z.int() }),
});
const policyChanged = defineEvent({
  publisher: 'sample',
  aggregate: 'policy',
  fact: 'changed',
  version: 1,
  description: 'A figure changed.',
  data: z.object({
    policy: z.string(),
    key: z.string(),
    value: z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]),
    validFrom: z.string(),
  }),
});

export const lamps = defineAggregate<LampRow>({
  type: 'lamp',
  table: 'lamp',
  graphqlType: 'Lamp',
  entity: lampEntity,
  deadlines: deadlineEvents('sample', 'lamp'),
  sealed: ['ownerName'],
  subject: ({ communityId, personId }) => ({ communityId, personIds: personId === null ? [] : [personId] }),
  listSubject: { person: ({ row }, id) => `${row}.person_id = ${id}` },
});

export const lampPolicy = definePolicy('lamp', { inspectDays: { value: 2, unit: 'day', rule: 'T001' } });

type LightInput = { communityId: string; watts: number; ownerName: string; personId?: string; idempotencyKey?: string };

export async function lightLamp(tx: Tx, input: LightInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const number = await nextNumber(tx, input.communityId, 'L', 'Asia/Shanghai');
  const lamp = await insertAggregate(
    tx,
    lamps,
    {
      id: newId(),
      communityId: input.communityId,
      number,
      watts: input.watts,
      ownerName: seal(tx, input.ownerName),
      personId: input.personId ?? null,
    },
    { action: 'lightLamp', rule: 'T001' },
  );
  publish(tx, lamp, lampLit, { lampId: lamp.id, watts: lamp.watts });
  const { inspectDays } = await resolvePolicy(tx, lampPolicy, input.communityId);
  await startDeadline(
    tx,
    lamps,
    lamp,
    {
      kind: 'inspection',
      rule: 'T001',
      span: { amount: inspectDays, unit: 'day' },
      warnShare: 0.8,
      warnTo: { role: 'maintenance', departmentCode: 'MAINTENANCE' },
      escalations: [
        { afterShare: 1, to: { role: 'supervisor' } },
        { afterShare: 2, to: { role: 'director' } },
      ],
    },
    { zone: 'Asia/Shanghai' },
  );
  await schedule(tx, {
    kind: 'flicker',
    aggregateId: lamp.id,
    communityId: lamp.communityId,
    dueAt: new Date(txScope(tx).now.getTime() + 3_600_000),
  });
  return { id: lamp.id };
}

type Step = { id: string; expectedVersion?: number; reason?: string; reasonCode?: string };

const step = (name: string, work: (tx: Tx, lamp: LampRow) => Promise<void>) =>
  ({
    [name]: async (tx: Tx, input: Step): Promise<{ id: string }> => {
      const lamp = await lockAggregate(tx, lamps, input.id, input.expectedVersion);
      await authorize(tx, lamps.subject(lamp));
      const note = { action: name, reason: input.reason ?? null, reasonCode: input.reasonCode ?? null };
      const saved = await saveAggregate(tx, lamps, lamp, { ...lamp, watts: lamp.watts - 1 }, note);
      publish(tx, saved, lampDimmed, { lampId: lamp.id, watts: saved.watts });
      await work(tx, saved);
      return { id: lamp.id };
    },
  })[name] as (tx: Tx, input: Step) => Promise<{ id: string }>;

const dimLamp = step('dimLamp', async () => undefined);
const inspectLamp = step('inspectLamp', (tx, lamp) => meetDeadline(tx, lamp, 'inspection'));
const abandonLamp = step('abandonLamp', (tx, lamp) => cancelDeadlines(tx, lamp));
const pauseLamp = step('pauseLamp', (tx, lamp) => pauseDeadlines(tx, lamp));
const tellLamp = step('tellLamp', tellOwner);
const resumeLamp = step('resumeLamp', (tx, lamp) => resumeDeadlines(tx, lamp));
async function forgetfulLamp(tx: Tx, input: Step): Promise<{ id: string }> {
  await lockAggregate(tx, lamps, input.id);
  return { id: input.id };
}
async function silentLamp(tx: Tx, input: Step): Promise<{ id: string }> {
  const lamp = await lockAggregate(tx, lamps, input.id);
  await authorize(tx, lamps.subject(lamp));
  await saveAggregate(tx, lamps, lamp, { ...lamp, watts: 1 }, { action: 'silentLamp' });
  return { id: lamp.id };
}
export async function setLampPolicy(
  tx: Tx,
  input: { communityId: string; key: string; value: unknown; reason: string },
) {
  return setPolicyFigure(tx, [lampPolicy], policyChanged, { ...input, policy: 'lamp' }, txScope(tx).now);
}

/** Refuses as a rule does. */
export function requireLight({ watts }: LampRow): void {
  if (watts <= 0) throw new DomainError('CONFLICT', 'TEST', { rule: 'T003' });
}

/** Writes to the owner of a lamp. */
async function tellOwner(tx: Tx, lamp: LampRow): Promise<void> {
  const { communityId, personId } = lamp;
  const params = { at: '2026-03-02T08:00:00.000Z' };
  const to = personId === null ? { role: 'guard' as const } : { personId };
  await notify(tx, { communityId, to, template: 'tell', params, channel: 'SMS', aggregateId: lamp.id });
}

/** Fails as often as its payload says, then tells the guards. */
const failures = { left: 0 };
export const failFlicker = (times: number): void => void (failures.left = times);
export async function flicker(tx: Tx, due: DueTimer): Promise<void> {
  await notify(tx, {
    communityId: due.communityId,
    to: { role: 'guard' },
    template: 'flicker',
    params: { lampId: due.aggregateId },
  });
  if (failures.left > 0) {
    failures.left -= 1;
    throw new TypeError('the bulb is loose');
  }
}

export async function countTorch(tx: Tx, event: StewardEvent<{ watts: number }>): Promise<void> {
  await rows(tx, 'insert into torch (id, tenant_id, watts) values ($1, $2, $3)', [
    event.subject,
    event.tenantid,
    event.data.watts,
  ]);
}

export const steps = { dimLamp, inspectLamp, abandonLamp, tellLamp, pauseLamp, resumeLamp, forgetfulLamp, silentLamp };
