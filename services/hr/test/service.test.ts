import { describe, expect, it } from '@jest/globals';
import { migrateDownAndUp, schemaDrift } from '@steward/test-kit';

import { definition } from '../src/service.ts';

describe('hr', () => {
  it('can undo and redo every migration', async () => {
    await expect(migrateDownAndUp(definition)).resolves.toBeUndefined();
  });

  it('has the columns its entities say', async () => expect(await schemaDrift(definition)).toEqual([]));
});
