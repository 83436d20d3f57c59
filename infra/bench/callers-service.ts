import type { FieldCipher } from '@steward/service-kit';
import { createFieldCipher } from '@steward/service-kit';
import { definition } from '@steward/residents';
import type pg from 'pg';

import { benchTenant } from './list-data.ts';
import { startServiceAlone } from './list-service.ts';

/** Residents as it runs in production, on servers and a database of its own, with the cipher that its keys are hashed by. */
export type BenchService = {
  admin: pg.Client;
  asService: pg.Client;
  versions: { postgres: string };
  cipher: FieldCipher;
  tenantId: string;
  ask<D>(query: string, variables: Record<string, unknown>): Promise<D>;
  stop(): Promise<void>;
};

const fieldKeys = `1:${Buffer.alloc(32, 1).toString('base64')}`;

export async function startBenchService(onProgress: (line: string) => void): Promise<BenchService> {
  const service = await startServiceAlone(definition, { fieldKeys, onProgress });
  return { ...service, cipher: createFieldCipher(fieldKeys), tenantId: benchTenant };
}
