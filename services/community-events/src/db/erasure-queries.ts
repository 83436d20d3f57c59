import { rows, type Tx } from '@steward/db';
import { seal } from '@steward/service-kit';

/**
 * Empties who registered: the person, and the households in which nobody is left. Who held a place, with how many, and
 * who came stays. Answers the registrations.
 */
export async function eraseFromRegistrations(tx: Tx, personId: string, vacated: readonly string[]): Promise<string[]> {
  const erased = await rows<{ id: string }>(
    tx,
    `update activity_registration
        set contact_name_sealed = case when contact_name_sealed is not null then $3 end,
            contact_name_masked = case when contact_name_masked is not null then '***' end,
            contact_phone_sealed = null, contact_phone_masked = null
      where person_id = $1 or household_id = any($2::uuid[]) returning id`,
    [personId, vacated, seal(tx, '')],
  );
  return erased.map(({ id }) => id);
}

/** What households in which nobody is left wrote and said; ratings, choices and the day of a visit stay. */
export async function eraseWords(tx: Tx, vacated: readonly string[]): Promise<void> {
  if (vacated.length === 0) return;
  const empty = seal(tx, '');
  await rows(
    tx,
    `update survey_answer a set text_sealed = $2 from survey_response r
      where r.id = a.response_id and r.household_id = any($1::uuid[]) and a.text_sealed is not null`,
    [vacated, empty],
  );
  await rows(
    tx,
    'update planned_visit set opinion_sealed = $2 where household_id = any($1::uuid[]) and opinion_sealed is not null',
    [vacated, empty],
  );
}
