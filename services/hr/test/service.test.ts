import { describe, expect, it } from '@jest/globals';
import { migrateDownAndUp, schemaDrift, unconfinedTables } from '@steward/test-kit';

import { definition } from '../src/service.ts';

describe('hr', () => {
  it('can undo and redo every migration', async () => {
    await expect(migrateDownAndUp(definition)).resolves.toBeUndefined();
  });

  it('has the columns its entities say', async () => expect(await schemaDrift(definition)).toEqual([]));

  it('confines every table that it reaches to a company', async () =>
    expect(await unconfinedTables(definition)).toEqual([]));
});
