import { parseArgs } from 'node:util';

import type { Locale } from '@steward/core';

import { openClient, type Output } from '../import/import-command.ts';
import { ImportError } from '../import/import-error.ts';
import { localeOfTerminal, textOf } from '../import/texts.ts';
import { exportKind, exportKinds } from './kinds.ts';

const usage = `npm run export -- property-register FILE.csv|FILE.xlsx [--community CODE] [--reason TEXT]
       npm run export -- person FILE.json --person ID [--reason TEXT]
       [--gateway URL] [--tenant a|b] [--locale zh-CN|en]; --reason shows personal data in clear and is kept`;

const defaultGateway = `http://127.0.0.1:${process.env['GATEWAY_PORT'] ?? '4000'}/graphql`;

const options = {
  gateway: { type: 'string', default: defaultGateway },
  tenant: { type: 'string', default: 'a' },
  locale: { type: 'string' },
  community: { type: 'string' },
  person: { type: 'string' },
  reason: { type: 'string' },
} as const;

const isLocale = (text: string | undefined): text is Locale => text === 'zh-CN' || text === 'en';

function localeAskedFor(args: string[]): Locale {
  const { values } = parseArgs({ args, strict: false, options: { locale: { type: 'string' } } });
  return typeof values.locale === 'string' && isLocale(values.locale) ? values.locale : localeOfTerminal();
}

function readOptions(args: string[], locale: Locale) {
  const fail = (why: string): never => {
    throw new ImportError('USAGE', { text: 'usage.lines', params: { why, usage, kinds: exportKinds.join(', ') } });
  };
  const parsed = ((): ReturnType<typeof parse> => {
    try {
      return parse(args);
    } catch (error) {
      return fail(textOf(locale, 'usage.option', { detail: (error as Error).message }));
    }
  })();
  const { values, positionals } = parsed;
  const [kind, file, ...rest] = positionals;
  const { gateway, tenant, community, person, reason } = values;
  if (kind === undefined || file === undefined || rest.length > 0) return fail(textOf(locale, 'usage.kindAndFile'));
  if (tenant !== 'a' && tenant !== 'b') return fail(textOf(locale, 'usage.tenant', { tenant }));
  if (values.locale !== undefined && !isLocale(values.locale))
    return fail(textOf(locale, 'usage.locale', { locale: values.locale }));
  return { kind, file, gateway, tenant, locale, community, person, reason } as const;
}

const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options });

/** Runs one export as the command line asks for it; answers the exit code: 0, or 2 where nothing was written. */
export async function exportCommand(args: string[], { say }: Pick<Output, 'say'>): Promise<number> {
  const locale = localeAskedFor(args);
  try {
    const asked = readOptions(args, locale);
    const write = exportKind(asked.kind);
    const { rows, revealed } = await write(await openClient(asked), asked);
    say(textOf(locale, 'export.written', { rows, file: asked.file, revealed }));
    return 0;
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    say(`${error.reason}: ${error.messageIn(locale)}`);
    return 2;
  }
}
