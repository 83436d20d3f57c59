import { newId } from '@steward/core';

import { columnReader, type CsvFile, type CsvRow } from './csv-rows.ts';
import type { GatewayClient } from './gateway-client.ts';
import type { ImportKind, Outcome, Sender } from './import-kind.ts';
import type { ImportReport, RowName } from './import-report.ts';
import { SeenKeys } from './seen-keys.ts';
import type { TextKey, TextParams } from './texts.ts';

/** Batches under way at once: while one is answered the next ones are made ready. */
export const batchesUnderWay = 4;

type Batch<T> = { name: RowName; item: T }[];

type LimitedSender<T> = {
  /** Waits until there is room for the batch; throws what ended an earlier one. */
  push(batch: Batch<T>): Promise<void>;
  /** Waits for all batches. */
  end(): Promise<void>;
};

function limitedSender<T>(sender: Sender<T>, report: ImportReport): LimitedSender<T> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const send = async (batch: Batch<T>): Promise<void> => {
    const outcomes = await sender.send(batch.map(({ item }) => item));
    batch.forEach(({ name }, index) => report.settle(name, outcomes[index] as Outcome));
  };
  const throwFailure = (): void => {
    if (failures.length > 0) throw failures[0];
  };
  return {
    push: async (batch) => {
      while (underWay.size >= batchesUnderWay) await Promise.race(underWay);
      throwFailure();
      const sent: Promise<void> = send(batch)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
    },
    end: async () => {
      await Promise.all(underWay);
      throwFailure();
    },
  };
}

type Reader<T> = { next(row: CsvRow): { name: RowName; item: T } | null };

/** Turns records into items to send; settles the others on the spot. */
function recordReader<T>(kind: ImportKind<T>, header: readonly string[], report: ImportReport): Reader<T> {
  const { read } = columnReader(header, kind.columns);
  const seen = new SeenKeys();
  const fail = (name: RowName, reason: TextKey, params: TextParams): null => {
    report.settle(name, { outcome: 'failed', reason, text: reason, params });
    return null;
  };
  return {
    next: ({ row, line, fields }) => {
      report.read();
      const values = read(fields);
      if (values === null) {
        const params = { found: fields.length, wanted: header.length };
        return fail({ row, line, key: '' }, 'FIELD_COUNT', params);
      }
      const key = values[kind.keyColumn] ?? '';
      const name = { row, line, key };
      if (!/^\d{1,15}$/.test(key)) return fail(name, 'KEY_MALFORMED', { column: kind.keyColumn });
      if (!seen.add(Number(key))) return fail(name, 'KEY_REPEATED', { column: kind.keyColumn, key });
      const prepared = kind.prepare(values);
      if (!('send' in prepared)) {
        report.settle(name, prepared);
        return null;
      }
      report.ready();
      for (const warning of prepared.warnings) report.warn(warning);
      return { name, item: prepared.send };
    },
  };
}

/** The records up to where the file breaks off; what it broke off with is answered apart. */
async function* untilBroken(rows: AsyncIterable<CsvRow>, onBroken: (error: unknown) => void): AsyncGenerator<CsvRow> {
  try {
    yield* rows;
  } catch (error) {
    onBroken(error);
  }
}

/**
 * Takes a file through a kind: records are read, made ready and sent in batches, and no faster than the gateway takes
 * them. Without a client nothing is sent. When a file breaks off, what had been read of it is still sent before its error is
 * thrown.
 */
export async function runImport<T>(
  kind: ImportKind<T>,
  file: CsvFile,
  report: ImportReport,
  client: GatewayClient | null,
): Promise<void> {
  const reader = recordReader(kind, file.header, report);
  const sender = client === null ? null : limitedSender(await kind.open(client, newId()), report);
  let batch: Batch<T> = [];
  let brokenBy: unknown;
  for await (const row of untilBroken(file.rows, (error) => (brokenBy = error))) {
    const next = reader.next(row);
    if (next === null || sender === null) continue;
    batch.push(next);
    if (batch.length < kind.batchSize) continue;
    await sender.push(batch);
    batch = [];
  }
  if (batch.length > 0) await sender?.push(batch);
  await sender?.end();
  if (brokenBy !== undefined) throw brokenBy;
}
