import { txScope, type Tx } from '@steward/db';
import { publicAreaCheckRectified } from '@steward/events';
import { checkItems, lockAuthorized, meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { publicAreaCheckAggregate } from '../db/notice-aggregates.ts';
import { requireOpenAreas } from '../domain/notice-rules.ts';
import type { RectifyPublicAreasInput } from '../graphql/generated.ts';

export async function rectifyPublicAreas(tx: Tx, input: RectifyPublicAreasInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, publicAreaCheckAggregate, input);
  const areaCodes = [...new Set(input.areaCodes)];
  requireOpenAreas(before.openAreas, areaCodes);
  const openAreas = before.openAreas.filter((code) => !areaCodes.includes(code));
  const rectifiedAt = openAreas.length === 0 ? txScope(tx).now : null;
  const note = { action: 'rectifyPublicAreas', rule: 'A307' };
  const saved = await saveAggregate(tx, publicAreaCheckAggregate, before, { ...before, openAreas, rectifiedAt }, note);
  await checkItems(
    tx,
    saved.id,
    'PUBLIC_AREAS',
    areaCodes.map((code) => ({ code, result: 'PASS' as const })),
  );
  const data = { checkId: saved.id, areaCodes, openAreas, rectifiedAt: rectifiedAt?.toISOString() ?? null };
  publish(tx, saved, publicAreaCheckRectified, data);
  if (rectifiedAt !== null) await meetDeadline(tx, saved, 'RECTIFICATION');
  return { id: saved.id };
}
