import { isBuiltin } from 'node:module';
import { repoRoot, treeFiles } from '../check/workspaces.ts';
import type { Finding } from './finding.ts';
import { importCycles } from './import-cycles.ts';
import { workspaceMayImport } from './package-direction.ts';
import { layerMayImport } from './service-layers.ts';
import {
  layerOfFile,
  packageDirectory,
  packageName,
  readManifest,
  readModule,
  workspaceOf,
  type ResolvedImport,
  type SourceModule,
} from './source-module.ts';

/** Checks every import of the tree at `root` against the direction of packages and the layers of a service. */
export function checkBoundaries(root = repoRoot, files = sourceFiles(root)): Finding[] {
  const modules = files.map((file) => readModule(root, file));
  const findings = modules.flatMap((module) => [
    ...unknownPlace(module),
    ...module.imports.flatMap((entry) => {
      const message = forbidden(root, module, entry);
      return message === null ? [] : [{ file: module.file, line: entry.line, message }];
    }),
  ]);
  return [...findings, ...importCycles(modules)];
}

function sourceFiles(root: string): string[] {
  return treeFiles(root).filter((file) => /\.(ts|mjs)$/.test(file));
}

/** A service has ten kinds of files and no others; its tests may bring helpers, which live under test/. */
function unknownPlace(module: SourceModule): Finding[] {
  if (!module.workspace.startsWith('services/') || module.layer !== null) return [];
  const message = 'no place of a service: domain/ commands/ db/ graphql/ events/ labels.* config service main test/';
  return [{ file: module.file, line: 1, message }];
}

function forbidden(root: string, module: SourceModule, entry: ResolvedImport): string | null {
  if (module.file.endsWith('.mjs')) return forbiddenInLauncher(entry);
  if (module.layer === 'domain') {
    const message = forbiddenInDomain(module, entry);
    if (message !== null) return message;
  }
  if (entry.specifier.startsWith('.')) return forbiddenRelative(module, entry);
  if (entry.specifier.startsWith('@steward/')) return forbiddenPackage(root, module, entry);
  return undeclared(root, module, entry);
}

/** Launchers run on Node 20 before anything is installed. */
function forbiddenInLauncher(entry: ResolvedImport): string | null {
  const plain = entry.specifier.startsWith('node:') || /^\..*\.(mjs|json)$/.test(entry.specifier);
  return plain ? null : `a .mjs file imports only node: and other .mjs files, not ${entry.specifier}`;
}

const ofCoreInDomain = new Set(['DomainError', 'refuseAll', 'stableHash']);
/** Arithmetic and formulas: functions of their arguments alone, as the domain's own are. */
const pureLibraries = new Set(['decimal.js', '@marcbachmann/cel-js']);
const ofDomainTests = new Set(['@jest/globals', 'fast-check', '@steward/core', '@steward/test-kit/pure-rules']);

function forbiddenInDomain(module: SourceModule, entry: ResolvedImport): string | null {
  if (entry.specifier.startsWith('.')) return null;
  if (module.inTest && ofDomainTests.has(entry.specifier)) return null;
  if (pureLibraries.has(entry.specifier)) return null;
  const pure = entry.specifier === '@steward/core' && entry.values.every((name) => ofCoreInDomain.has(name));
  return pure
    ? null
    : `domain/ is pure: of all packages only DomainError, refuseAll, stableHash and types of core, not ${entry.specifier}`;
}

function forbiddenRelative(module: SourceModule, entry: ResolvedImport): string | null {
  const target = entry.target ?? '';
  const to = workspaceOf(target);
  if (to !== module.workspace) return `reaches into ${to === '' ? 'another place' : to} by a path; import the package`;
  if (!module.inTest && target.endsWith('.test.ts')) return 'code does not import a test';
  const layer = layerOfFile(target);
  if (module.layer === null || layer === null || layerMayImport(module.layer, layer, entry.typeOnly)) return null;
  return `${module.layer} does not import ${layer}${entry.typeOnly ? '' : ' values'} (${entry.specifier})`;
}

function forbiddenPackage(root: string, module: SourceModule, entry: ResolvedImport): string | null {
  const name = packageName(entry.specifier);
  const directory = packageDirectory(root, name);
  if (directory === null) return `${name} is no package of this repository`;
  if (directory === module.workspace) return `imports itself by name; use a relative path`;
  if (entry.target === null) return `${entry.specifier} is not exported by ${directory}`;
  if (workspaceMayImport(module.workspace, name.replace('@steward/', ''), module.inTest)) return null;
  return `${module.workspace} does not import ${directory}`;
}

/** A package that is installed only because another one needs it may be gone with the next update. */
function undeclared(root: string, module: SourceModule, entry: ResolvedImport): string | null {
  const { external } = entry;
  if (external === null) return null;
  if (isBuiltin(external)) return `write node:${external}`;
  const own = readManifest(root, module.workspace);
  const top = readManifest(root, '');
  const tooling = module.inTest || module.workspace === 'infra' ? [own.devDependencies, top.devDependencies] : [];
  const declared = [own.dependencies, top.dependencies, ...tooling].some((list) => external in (list ?? {}));
  return declared ? null : `${external} is not among the dependencies of ${module.workspace || 'the root'}`;
}
