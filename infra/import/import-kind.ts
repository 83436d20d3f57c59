import type { Locale } from '@steward/core';

import type { GatewayClient } from './gateway-client.ts';
import type { ImportReport } from './import-report.ts';
import type { TextKey, TextParams } from './texts.ts';

/** What became of a record, told apart by reason so that a report can count them. */
export type Outcome =
  /** `as`: the type that it became. */
  | { outcome: 'added'; as: string }
  /** There from an earlier run, or an earlier record of the same key. */
  | { outcome: 'known' }
  /** Not what this import takes; `group` is what the report counts by, e.g. an agency. */
  | { outcome: 'skipped'; reason: string; group: string }
  /** Refused by the platform, in the import's language; or by the import itself, whose text is that of the reason. */
  | { outcome: 'failed'; reason: string; message: string }
  | { outcome: 'failed'; reason: string; text: TextKey; params?: TextParams };

/** A record made ready without the gateway: something to send, or its outcome already. */
export type Prepared<T> = { send: T; warnings: string[] } | Extract<Outcome, { outcome: 'skipped' | 'failed' }>;

/** What sends prepared records in batches. */
export type Sender<T> = {
  /** One outcome per item, in their order. */
  send(items: readonly T[]): Promise<Outcome[]>;
};

/**
 * A kind of data that can be imported: one file of this shape in `kinds/`, named as on the command line, with its
 * export called `kind`.
 */
export type ImportKind<T, C extends string = string> = {
  /** One line for the list of kinds. */
  description: string;
  /** Columns that the header must have, in any order and case. */
  columns: readonly C[];
  /** Columns that such files have besides and nobody needs; any further one is pointed out and ignored. */
  unusedColumns: readonly string[];
  /** The column that tells records apart; whole numbers. */
  keyColumn: C;
  /** At most so many items are sent at once. */
  batchSize: number;
  prepare(values: Record<C, string>): Prepared<T>;
  /** Makes ready what all records need; `runId` distinguishes this run's idempotency keys from another's. */
  open(client: GatewayClient, runId: string): Promise<Sender<T>>;
};

/**
 * A kind of data whose rows belong together (a household has several), so that a file is read as a whole; a file of this
 * shape in `kinds/` as well.
 */
export type TableKind = {
  description: string;
  open(
    path: string,
    options: { community: string | undefined; locale: Locale },
  ): Promise<{
    ignoredColumns: string[];
    /** Reads, sends and settles every row; without a client nothing is sent. */
    run(report: ImportReport, client: GatewayClient | null): Promise<void>;
  }>;
  /** Writes an empty file of this kind, with notes on what its columns take. */
  writeTemplate(path: string, locale: Locale): Promise<void>;
};
