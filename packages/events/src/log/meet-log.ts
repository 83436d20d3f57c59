import type { ConsumerContext } from '../consumer/consumer-context.ts';
import { auditAnswer, auditSubject, type AuditStanding } from './answer-audit.ts';
import { parkedAfter, positionsAfter, rewind, type Reader } from './rewind-consumer.ts';

type Context = Pick<ConsumerContext, 'database' | 'nats' | 'consumer' | 'publisher' | 'prefix' | 'log' | 'metrics'>;

/** Which lives of a publisher's log a consumer has met. */
export type LogWatch = {
  /** Compares everything with the publisher's log when this life of it is new here. '' is no life: an old message. */
  meet(identity: string): Promise<void>;
};

const chunk = 1_000;
const answerMilliseconds = 10_000;

async function knownLogs({ pool, consumer, publisher }: Reader): Promise<Set<string>> {
  const { rows } = await pool.query<{ identity: string }>(
    'select identity from known_log where consumer = $1 and publisher = $2',
    [consumer, publisher],
  );
  return new Set(rows.map(({ identity }) => identity));
}

async function remember({ pool, consumer, publisher }: Reader, identities: readonly string[]): Promise<void> {
  await pool.query(
    `insert into known_log (consumer, publisher, identity) select $1, $2, unnest($3::uuid[]) on conflict do nothing`,
    [consumer, publisher, identities],
  );
}

type Audit = { context: Context; reader: Reader; known: ReadonlySet<string>; lineage: string[]; rewound: number };

/** Asks the publisher about a chunk and takes back what it does not have. */
async function auditChunk(audit: Audit, standings: readonly AuditStanding[]): Promise<void> {
  const { nats, prefix, publisher } = audit.context;
  const request = JSON.stringify({ known: [...audit.known], standings });
  const message = await nats.request(auditSubject(prefix, publisher), request, { timeout: answerMilliseconds });
  const { lineage, diverged } = auditAnswer.parse(message.json());
  audit.lineage = lineage;
  for (const [aggregateId, version, common] of diverged) {
    if (await rewind(audit.reader, { aggregateId, version, common })) audit.rewound += 1;
  }
}

/** Positions first: a position that goes back takes what is parked behind it along. */
async function auditAll(audit: Audit): Promise<void> {
  for (let last: string | null = null; ;) {
    const standings = await positionsAfter(audit.reader, last, chunk);
    if (standings.length > 0) await auditChunk(audit, standings);
    if (standings.length < chunk) break;
    last = standings.at(-1)?.[0] ?? null;
  }
  for (let last: AuditStanding | null = null; ;) {
    const standings = await parkedAfter(audit.reader, last, chunk);
    if (standings.length > 0) await auditChunk(audit, standings);
    if (standings.length < chunk) break;
    last = standings.at(-1) ?? null;
  }
}

/**
 * A consumer must not read a life of a log that it does not know before it has been compared: versions may have been
 * given again to other facts, which it would pass over as done.
 */
export async function watchLog(context: Context): Promise<LogWatch> {
  const { database, consumer, publisher, log, metrics } = context;
  const reader = { pool: database.system, consumer, publisher };
  const known = await knownLogs(reader);
  return {
    meet: async (identity) => {
      if (identity === '' || known.has(identity)) return;
      const audit: Audit = { context, reader, known, lineage: [], rewound: 0 };
      await auditAll(audit);
      if (audit.rewound > 0) {
        metrics.inc('events_log_rewound_total', { consumer, publisher });
        log.error(
          { consumer, publisher, aggregates: audit.rewound, reason: 'LOG_REWOUND' },
          'the publisher was put back: facts that had an effect here do not exist any more',
        );
      }
      const met = [...new Set([...audit.lineage, identity])];
      await remember(reader, met);
      for (const each of met) known.add(each);
    },
  };
}
