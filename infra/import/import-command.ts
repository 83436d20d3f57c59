import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import type { Locale } from '@steward/core';

import type { DemoTenant } from '../demo/accounts.ts';
import { enterCompanyItself } from '../demo/enter-company.ts';
import { dataPath } from '../start/layout.ts';
import { demoToken } from '../token/token.ts';
import { openCsv, unknownColumns } from './csv-rows.ts';
import { createGatewayClient, type GatewayClient } from './gateway-client.ts';
import { ImportError } from './import-error.ts';
import { rowErrorLine, summaryTable, tellProgress } from './import-output.ts';
import { failedRows, ImportReport } from './import-report.ts';
import { kindNames, loadKind } from './kinds.ts';
import { runImport } from './run-import.ts';
import { localeOfTerminal, textOf, type TextKey, type TextParams } from './texts.ts';

const usage =
  'npm run import -- KIND FILE [--community CODE] [--template] [--gateway URL] [--tenant a|b] [--locale zh-CN|en] [--dry-run] [--json]';
const defaultGateway = `http://127.0.0.1:${process.env['GATEWAY_PORT'] ?? '4000'}/graphql`;

/** A demo token is signed anew for a request that comes later than this after the one before. */
const tokenMinutes = 5;

/** Where lines for people and the result go. */
export type Output = { say: (line: string) => void; print: (text: string) => void };

type Options = {
  kind: string;
  file: string;
  gateway: string;
  tenant: DemoTenant;
  locale: Locale;
  /** Code of the community, for kinds that enter into one. */
  community: string | undefined;
  /** Writes an empty file instead of reading one. */
  isTemplate: boolean;
  isDryRun: boolean;
  isJson: boolean;
};

/** The language asked for, even if the other options cannot be read. */
function localeAskedFor(args: string[]): Locale {
  const { values } = parseArgs({ args, strict: false, options: { locale: { type: 'string' } } });
  return values.locale === 'zh-CN' || values.locale === 'en' ? values.locale : localeOfTerminal();
}

async function readOptions(args: string[], locale: Locale): Promise<Options> {
  const fail = async (text: TextKey, params?: TextParams): Promise<never> => {
    const why = textOf(locale, text, params);
    throw new ImportError('USAGE', {
      text: 'usage.lines',
      params: { why, usage, kinds: (await kindNames()).join(', ') },
    });
  };
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        gateway: { type: 'string', default: defaultGateway },
        tenant: { type: 'string', default: 'a' },
        locale: { type: 'string', default: locale },
        community: { type: 'string' },
        template: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [kind, file, ...rest] = positionals;
    if (kind === undefined || file === undefined || rest.length > 0) return await fail('usage.kindAndFile');
    const { tenant } = values;
    if (tenant !== 'a' && tenant !== 'b') return await fail('usage.tenant', { tenant });
    if (values.locale !== locale) return await fail('usage.locale', { locale: values.locale });
    return {
      kind,
      file,
      gateway: values.gateway,
      tenant,
      locale,
      community: values.community,
      isTemplate: values.template,
      isDryRun: values['dry-run'],
      isJson: values.json,
    };
  } catch (error) {
    if (error instanceof ImportError) throw error;
    return fail('usage.option', { detail: (error as Error).message });
  }
}

/** A token of the tenant's demo director, who may enter everything in all communities. */
function demoTokens(tenant: DemoTenant): () => Promise<string> {
  let signed: { token: Promise<string>; at: number } | undefined;
  return () => {
    if (signed === undefined || performance.now() - signed.at > tokenMinutes * 60_000) {
      signed = {
        token: demoToken({ role: 'director', tenant }, dataPath('dev-issuer-key.json')),
        at: performance.now(),
      };
    }
    return signed.token;
  };
}

/** Enters as who `STEWARD_TOKEN` is, or else as a demo director, whose company is then there even on an empty platform. */
export async function openClient({
  gateway,
  tenant,
  locale,
}: Pick<Options, 'gateway' | 'tenant' | 'locale'>): Promise<GatewayClient> {
  const given = process.env['STEWARD_TOKEN'];
  if (given !== undefined && given !== '')
    return createGatewayClient({ url: gateway, locale, token: () => Promise.resolve(given) });
  const client = createGatewayClient({ url: gateway, locale, token: demoTokens(tenant) });
  await enterCompanyItself(client, tenant);
  return client;
}

/** A file opened as its kind wants it: whole, or record by record. */
async function openFile(options: Options): Promise<Opened> {
  const { locale, community } = options;
  const kind = await loadKind(options.kind);
  if ('writeTemplate' in kind) return kind.open(options.file, { community, locale });
  const file = await openCsv(options.file);
  return {
    ignoredColumns: unknownColumns(file.header, [...kind.columns, ...kind.unusedColumns]),
    run: (report, client) => runImport(kind, file, report, client),
  };
}

type Opened = { ignoredColumns: string[]; run(report: ImportReport, client: GatewayClient | null): Promise<void> };

async function writeTemplate({ kind: name, file, locale }: Options, { say }: Output): Promise<number> {
  const kind = await loadKind(name);
  if (!('writeTemplate' in kind)) throw new ImportError('TEMPLATE_NONE', { params: { name } });
  await kind.writeTemplate(file, locale);
  say(textOf(locale, 'template.written', { file }));
  return 0;
}

/** 0: everything taken; 1: some records failed; 2: the import could not start, or broke off. */
async function importFile(options: Options, { say, print }: Output): Promise<number> {
  const { locale } = options;
  const { ignoredColumns, run } = await openFile(options);
  if (ignoredColumns.length > 0) {
    say(textOf(locale, 'usage.ignoredColumns', { columns: ignoredColumns.join(', ') }));
  }
  const about = { kind: options.kind, file: basename(options.file), isDryRun: options.isDryRun, ignoredColumns };
  const report = new ImportReport(about, { locale, onError: (error) => say(rowErrorLine(error, locale)) });
  const stopTelling = tellProgress(report, locale, say);
  try {
    await run(report, options.isDryRun ? null : await openClient(options));
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    report.stop(error.reason, error.messageIn(locale));
    say(`${error.reason}: ${error.messageIn(locale)}`);
  } finally {
    stopTelling();
  }
  const summary = report.summary();
  print(options.isJson ? JSON.stringify(summary, null, 2) : summaryTable(summary, locale));
  if (summary.stoppedBy !== null) return 2;
  return failedRows(summary) > 0 ? 1 : 0;
}

/** Runs one import as the command line asks for it; answers the exit code. */
export async function importCommand(args: string[], output: Output): Promise<number> {
  const locale = localeAskedFor(args);
  try {
    const options = await readOptions(args, locale);
    return options.isTemplate ? await writeTemplate(options, output) : await importFile(options, output);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    output.say(`${error.reason}: ${error.messageIn(locale)}`);
    return 2;
  }
}
