import { jestExpect } from '@jest/expect';

/**
 * Stands in for '@jest/globals' (see native-runner.ts). Always those of the file that runs, for modules that were
 * loaded during an earlier file too.
 */
type Global = ((...args: unknown[]) => unknown) & Record<PropertyKey, unknown>;

function ofThisFile(name: string): unknown {
  const current = (): Global => {
    const { stewardJestGlobals: globals } = globalThis as { stewardJestGlobals?: Record<string, Global> };
    const found = globals?.[name];
    if (found === undefined) throw new Error(`${name} is asked for outside a test file`);
    return found;
  };
  return new Proxy(() => {}, {
    apply: (_target, _this, args: unknown[]) => current()(...args),
    get: (_target, key) => current()[key],
  });
}

export const afterAll = ofThisFile('afterAll');
export const afterEach = ofThisFile('afterEach');
export const beforeAll = ofThisFile('beforeAll');
export const beforeEach = ofThisFile('beforeEach');
export const describe = ofThisFile('describe');
export const it = ofThisFile('it');
export const test = ofThisFile('test');
export const expect = jestExpect;
