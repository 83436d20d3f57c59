import type { Finding } from './finding.ts';
import type { SourceModule } from './source-module.ts';

/**
 * One finding for each group of modules that import one another in a circle. Type imports do not count: they are
 * erased before anything runs.
 */
export function importCycles(modules: readonly SourceModule[]): Finding[] {
  const targets = new Map(modules.map((module) => [module.file, valueTargets(module)]));
  const done = new Set<string>();
  const findings: Finding[] = [];

  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      const circle = path.slice(start);
      findings.push({ file, line: 1, message: `imports itself in a circle: ${[...circle, file].join(' -> ')}` });
      return;
    }
    if (done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };

  for (const file of targets.keys()) visit(file, []);
  return findings;
}

function valueTargets(module: SourceModule): string[] {
  return module.imports.flatMap(({ typeOnly, target }) => (typeOnly || target === null ? [] : [target]));
}
