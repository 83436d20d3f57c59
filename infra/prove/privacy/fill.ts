import { once } from 'node:events';
import path from 'node:path';

import { aResidentViewer, aStaffViewer, type Seeded, type TestService } from '@steward/test-kit';
import { isObjectType } from 'graphql';

import { findSeeds } from '../find-seeds.ts';
import { judgedOf } from '../matrix/judge-service.ts';
import { rowDocument } from '../matrix/judge-reads.ts';
import type { Judged } from '../matrix/tally.ts';
import type { Sent } from '../recording.ts';
import { startSeeded } from '../rig.ts';
import { markersIn, type Markers } from './markers.ts';
import { rewriterOf, unmarkedInputs } from './rewrite-input.ts';

/** What the process that fills the services tells of one of them. */
export type Filled = {
  service: string;
  databaseUrl: string;
  /** Personal values that were sent. */
  sent: number;
  /** Objects of which their own people read a personal value in clear: the values have arrived. */
  readInClear: number;
  /** Error answers, and the metrics, as text. */
  errors: string;
  errorCount: number;
  metrics: string;
  unmarked: string[];
  /** Unmarked inputs that were sent, by the numbers that their values carry. */
  suspects: string[];
};

/** Answers every mutation again with what the service refuses: another input under the same key, a stale version, a stranger. */
async function provoke(service: TestService, sent: readonly Sent[]): Promise<string[]> {
  const told: string[] = [];
  for (const { viewer, document, variables } of sent) {
    const { input } = variables as { input?: Record<string, unknown> };
    const stranger = aStaffViewer({ roles: ['trainer'], tenantId: viewer.tenantId, communityIds: [] });
    const again = { ...input, id: input?.['id'] ?? viewer.tenantId };
    const { idempotencyKey: _key, ...fresh } = again as Record<string, unknown>;
    const tries: [typeof viewer, object][] = [
      [viewer, { input: again }],
      [viewer, { input: { ...fresh, expectedVersion: 999_999 } }],
      [viewer, { input: { ...fresh, communityId: 'no id' } }],
      [stranger, variables],
    ];
    for (const [asker, said] of tries) {
      const { errors } = await service.graphql(asker, document, said);
      if (errors !== undefined) told.push(JSON.stringify(errors));
    }
  }
  return told;
}

/** Objects whose owner is shown a personal value. */
async function readInClear(judged: Judged, { rows, tenantId }: Seeded, markers: Markers): Promise<number> {
  let read = 0;
  for (const { type: name, id, own } of rows) {
    const type = judged.schema.getType(name);
    if (!isObjectType(type)) continue;
    const owner =
      own?.personId !== undefined
        ? aResidentViewer({ tenantId, personId: own.personId })
        : aStaffViewer({ roles: ['director'], tenantId, communityIds: 'all' });
    const answer = await judged.service.graphql(owner, rowDocument(judged, type), { of: [{ __typename: name, id }] });
    if (markersIn(Buffer.from(JSON.stringify(answer.data)), markers).length > 0) read += 1;
  }
  return read;
}

async function fill(names: readonly string[], markers: Markers, directory: string): Promise<void> {
  const running: TestService[] = [];
  for (const seed of await findSeeds(...names)) {
    const { name } = seed.definition;
    const rewriter = rewriterOf(seed.definition, markers);
    const env = {
      FILES_DIR: path.join(directory, name, 'files'),
      OUTGOING_DIR: path.join(directory, name, 'outgoing'),
    };
    const { service, company, sent } = await startSeeded(seed, { env, rewrite: rewriter.rewrite });
    running.push(service);
    const judged = judgedOf(seed, service, company);
    const clear = await readInClear(judged, company, markers);
    const errors = await provoke(service, sent);
    await service.settle();
    const filled: Filled = {
      service: name,
      databaseUrl: service.databaseUrl,
      sent: rewriter.count(),
      readInClear: clear,
      errors: errors.join('\n'),
      errorCount: errors.length,
      metrics: await (await fetch(`${service.url()}/metrics`)).text(),
      unmarked: unmarkedInputs(rewriter.schema),
      suspects: rewriter.suspects,
    };
    process.send?.(filled);
  }
  process.send?.('filled');
  await once(process, 'message');
  for (const service of running) await service.stop();
  process.disconnect();
}

const [markers = '{}', directory = '', ...names] = process.argv.slice(2);
await fill(names, JSON.parse(markers) as Markers, directory);
