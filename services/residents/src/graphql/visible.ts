import { allows, type AccessRow } from '@steward/auth';
import { communityScope } from '@steward/service-kit';

import type { ResidentsContext } from '../db/loaders.ts';
import type { Visible } from '../db/visible-queries.ts';
import type { Household } from '../domain/household.ts';
import { access, subjectOfHousehold, subjects } from './access-policy.ts';

/** What lists show to the viewer. */
export async function visible(ctx: ResidentsContext, askedCommunityId?: string | null): Promise<Visible> {
  const isResident = ctx.viewer.actor === 'person';
  const ownHouseholds = isResident ? await ctx.ownHouseholds() : null;
  return { communities: communityScope(ctx.viewer, askedCommunityId), ownHouseholds };
}

async function judge(ctx: ResidentsContext, row: AccessRow, subject: object | null): Promise<boolean> {
  if (typeof row === 'string') return row === 'authenticated';
  return allows(row, ctx.viewer, subject, { householdIds: await ctx.ownHouseholds() });
}

/** A row asked for by id; null where the viewer may not see it, as if it were absent. */
export async function ifVisible<Row>(
  ctx: ResidentsContext,
  type: string,
  row: Promise<Row | null>,
): Promise<Row | null> {
  const found = await row;
  const subject = found === null ? null : await subjects[type]?.(found as never, ctx as never);
  return (await judge(ctx, access[type] ?? 'nobody', subject ?? null)) ? found : null;
}

/** The households of dated rows, in their order and each once, as far as the viewer may see them. */
export async function householdsBehind(
  ctx: ResidentsContext,
  dated: readonly { householdId: string }[],
): Promise<Household[]> {
  const ids = [...new Set(dated.map(({ householdId }) => householdId))];
  const found = (await Promise.all(ids.map((id) => ctx.loaders.household.load(id)))).filter((one) => one !== null);
  const seen = await Promise.all(
    found.map((one) => judge(ctx, access['Household'] ?? 'nobody', subjectOfHousehold(one))),
  );
  return found.filter((_household, index) => seen[index]);
}
