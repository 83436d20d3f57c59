import { mergeLabels } from '@steward/service-kit';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repoRoot, serviceDirectories } from '../../check/workspaces.ts';
import { report, type Finding } from '../finding.ts';
import { checkLabels } from './check-labels.ts';
import { checkSchema } from './check-schema.ts';
import { idleReasons } from './personal-rules.ts';
import { readSchema, type Schema } from './schema-model.ts';

const schemaOf = (file: string, service: string): Schema =>
  readSchema(file, service, readFileSync(join(repoRoot, file), 'utf8'));

const common = new Set(Object.keys(mergeLabels({ en: {}, 'zh-CN': {} }).en).map((key) => key.replace('reason.', '')));

async function checkService(directory: string, schema: Schema): Promise<Finding[]> {
  const [en, zh] = await Promise.all([textsOf(directory, 'en'), textsOf(directory, 'zh-CN')]);
  return [...checkSchema(schema), ...checkLabels(schema, { en, 'zh-CN': zh, common }, directory)];
}

async function textsOf(directory: string, locale: string): Promise<Record<string, string>> {
  const path = join(repoRoot, directory, `src/labels.${locale}.ts`);
  if (!existsSync(path)) return {};
  const module: { labels: Record<string, string> } = await import(path);
  return module.labels;
}

const services = serviceDirectories().map((directory) => ({
  directory,
  schema: schemaOf(`${directory}/schema.graphql`, basename(directory)),
}));
const idle = idleReasons(services.map(({ schema }) => schema)).map((pattern) => ({
  file: 'infra/lint/schema/personal-reasons.ts',
  line: 1,
  message: `${pattern} fits no unmarked field`,
}));

report([
  ...checkSchema(schemaOf('packages/service-kit/common.graphql', 'service-kit'), { shared: true }),
  ...(await Promise.all(services.map(({ directory, schema }) => checkService(directory, schema)))).flat(),
  ...idle,
]);
