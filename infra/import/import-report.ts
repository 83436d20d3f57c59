import type { Locale } from '@steward/core';

import type { Outcome } from './import-kind.ts';
import { textOf } from './texts.ts';

/** Where a record stands and which it is. */
export type RowName = { row: number; line: number; key: string };

export type RowError = RowName & { reason: string; message: string };

type Counts = Record<string, number>;

/** What `--json` prints. */
export type ImportSummary = {
  kind: string;
  file: string;
  isDryRun: boolean;
  rows: number;
  added: number;
  /** By what they became. */
  addedAs: Counts;
  /** In a dry run: what would be sent. */
  ready: number;
  known: number;
  skipped: Record<string, Counts>;
  failed: Counts;
  warnings: Counts;
  ignoredColumns: string[];
  seconds: number;
  rowsPerSecond: number;
  /** Records that went through the gateway, per second. */
  sentPerSecond: number;
  errors: RowError[];
  /** Errors beyond those listed; each was printed when it occurred. */
  errorsOmitted: number;
  /** What ended the import before the end of the file. */
  stoppedBy: { reason: string; message: string } | null;
};

const errorsKept = 1_000;

const count = (counts: Counts, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

const sum = (counts: Counts): number => Object.values(counts).reduce((total, one) => total + one, 0);

export const failedRows = (summary: ImportSummary): number => sum(summary.failed);

export const skippedRows = (summary: ImportSummary): number =>
  Object.values(summary.skipped).reduce((total, groups) => total + sum(groups), 0);

/** Counts what happens to records; its size does not grow with their number. */
export class ImportReport {
  readonly #summary: ImportSummary;
  readonly #startedAt: number;
  readonly #now: () => number;
  readonly #locale: Locale;
  readonly #onError: (error: RowError) => void;

  constructor(
    about: { kind: string; file: string; isDryRun: boolean; ignoredColumns: string[] },
    options: { locale?: Locale; onError?: (error: RowError) => void; now?: () => number } = {},
  ) {
    this.#now = options.now ?? (() => performance.now());
    this.#locale = options.locale ?? 'en';
    this.#onError = options.onError ?? (() => undefined);
    this.#startedAt = this.#now();
    this.#summary = {
      ...about,
      rows: 0,
      added: 0,
      addedAs: {},
      ready: 0,
      known: 0,
      skipped: {},
      failed: {},
      warnings: {},
      seconds: 0,
      rowsPerSecond: 0,
      sentPerSecond: 0,
      errors: [],
      errorsOmitted: 0,
      stoppedBy: null,
    };
  }

  read(): void {
    this.#summary.rows += 1;
  }

  ready(): void {
    this.#summary.ready += 1;
  }

  warn(warning: string): void {
    count(this.#summary.warnings, warning);
  }

  settle(name: RowName, result: Outcome): void {
    const summary = this.#summary;
    switch (result.outcome) {
      case 'added':
        summary.added += 1;
        count(summary.addedAs, result.as);
        return;
      case 'known':
        summary.known += 1;
        return;
      case 'skipped':
        count((summary.skipped[result.reason] ??= {}), result.group);
        return;
      case 'failed':
        this.#fail({ ...name, reason: result.reason, message: this.#messageOf(result) });
    }
  }

  stop(reason: string, message: string): void {
    this.#summary.stoppedBy = { reason, message };
  }

  #messageOf(failed: Extract<Outcome, { outcome: 'failed' }>): string {
    return 'text' in failed ? textOf(this.#locale, failed.text, failed.params) : failed.message;
  }

  #fail(error: RowError): void {
    count(this.#summary.failed, error.reason);
    this.#onError(error);
    if (this.#summary.errors.length < errorsKept) this.#summary.errors.push(error);
    else this.#summary.errorsOmitted += 1;
  }

  summary(): ImportSummary {
    const seconds = (this.#now() - this.#startedAt) / 1000;
    const perSecond = (rows: number): number => (seconds > 0 ? Math.round(rows / seconds) : 0);
    const { rows, added, known } = this.#summary;
    return {
      ...this.#summary,
      seconds: Math.round(seconds * 100) / 100,
      rowsPerSecond: perSecond(rows),
      sentPerSecond: perSecond(added + known),
    };
  }
}
