import { isId, newId, refuseTooMany } from '@steward/core';
import type { Tx } from '@steward/db';
import { householdMembershipStarted, householdRegistered, householdUnitAdded } from '@steward/events';
import {
  authorize,
  insertAggregates,
  lockNaturalKeys,
  publish,
  refusalOf,
  type RefusalValue,
} from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { loadCommunity } from '../db/community-queries.ts';
import { findKnownHouseholds, loadImportDirectory } from '../db/household-import-queries.ts';
import { insertHoldings, insertMemberships } from '../db/household-queries.ts';
import { identityIndex } from '../db/sealed-values.ts';
import { requireCommunityAction } from '../domain/community-rules.ts';
import type { Community } from '../domain/community.ts';
import { holdingFact, householdFact, membershipFact } from '../domain/household-facts.ts';
import {
  admitHousehold,
  judgeHouseholdRow,
  type ImportTools,
  type JudgedHousehold,
} from '../domain/household-import-rules.ts';
import { importLimits } from '../domain/import-policy.ts';
import type { RegisterHouseholdsInput } from '../graphql/generated.ts';
import { enterPersons } from './enter-persons.ts';
import { scheduleVisits } from './schedule-key-account-visits.ts';

/** The answer to one row: the household it stands for, or why it was refused. */
export type HouseholdRowAnswer = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };

type Judged = { results: HouseholdRowAnswer[]; households: JudgedHousehold[] };

export async function registerHouseholds(
  tx: Tx,
  input: RegisterHouseholdsInput,
): Promise<{ results: HouseholdRowAnswer[] }> {
  const { communityId, rows } = input;
  refuseTooMany(rows.length, importLimits.rows.value, 'input.rows');
  await authorize(tx, { communityId });
  await lockNaturalKeys(tx, 'household');
  await lockNaturalKeys(tx, 'person');
  const community = await loadCommunity(tx, communityId);
  requireCommunityAction(community, 'registerHouseholds');
  const { results, households } = await judge(tx, communityId, rows);
  await enter(tx, community, households);
  return { results };
}

async function judge(tx: Tx, communityId: string, rows: RegisterHouseholdsInput['rows']): Promise<Judged> {
  const tools: ImportTools = { isId, newId, identityIndex: (number) => identityIndex(tx, number) };
  const found = await findKnownHouseholds(tx, communityId, rows);
  const here = found.filter((household) => household.communityId === communityId);
  const known = new Map(here.map(({ id, number }) => [number, id]));
  const directory = {
    ...(await loadImportDirectory(tx, communityId, rows)),
    householdIds: new Set(found.map(({ id }) => id)),
  };
  const fresh = new Map<string, JudgedHousehold>();
  const results = rows.map((row, index): HouseholdRowAnswer => {
    const id = known.get(row.number) ?? fresh.get(row.number)?.id;
    if (id !== undefined) return { index, isNew: false, id, refusal: null };
    const path = `input.rows.${index}`;
    const refusal = refusalOf(() => {
      const judged = judgeHouseholdRow(row, directory, tools, path);
      admitHousehold(judged, directory, tools);
      fresh.set(row.number, judged);
    });
    return {
      index,
      isNew: refusal === null,
      id: refusal === null ? (fresh.get(row.number)?.id ?? null) : null,
      refusal,
    };
  });
  return { results, households: [...fresh.values()] };
}

/** Inserts in a handful of statements, whatever the number of rows. */
async function enter(tx: Tx, community: Community, judged: readonly JudgedHousehold[]): Promise<void> {
  await enterPersons(
    tx,
    community,
    judged.flatMap(({ persons }) => persons),
  );
  const fresh = judged.map(({ id, row }) => ({
    id,
    communityId: community.id,
    number: row.number,
    segment: row.segment ?? 'RESIDENT',
    isKeyAccount: row.isKeyAccount ?? false,
  }));
  const households = await insertAggregates(tx, householdAggregate, fresh, {
    action: 'registerHouseholds',
    rule: 'B016',
  });
  const ofHousehold = <Terms>(id: string, terms: readonly Terms[]) => terms.map((one) => ({ ...one, householdId: id }));
  const holdings = await insertHoldings(
    tx,
    judged.flatMap((one) => ofHousehold(one.id, one.holdings)),
  );
  const memberships = await insertMemberships(
    tx,
    judged.flatMap((one) => ofHousehold(one.id, one.memberships)),
  );
  await scheduleVisits(tx, community, households);
  const heldBy = Map.groupBy(holdings, ({ householdId }) => householdId);
  const membersOf = Map.groupBy(memberships, ({ householdId }) => householdId);
  // Kind by kind: facts of one kind that follow each other are taken together by those who read them.
  for (const household of households) publish(tx, household, householdRegistered, householdFact(household));
  for (const household of households) {
    for (const holding of heldBy.get(household.id) ?? []) {
      publish(tx, household, householdUnitAdded, holdingFact(holding));
    }
  }
  for (const household of households) {
    const held = heldBy.get(household.id) ?? [];
    for (const membership of membersOf.get(household.id) ?? []) {
      publish(tx, household, householdMembershipStarted, membershipFact(membership, held));
    }
  }
}
