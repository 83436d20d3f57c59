import { rows, type Tx } from '@steward/db';
import { seal } from '@steward/service-kit';

/** Children with what people said, and the column that holds it. */
const words = [
  ['complaint_contact_form', 'content_sealed'],
  ['complaint_contact_form', 'answer_sealed'],
  ['complaint_step', 'note_sealed'],
  ['complaint_remedy', 'description_sealed'],
  ['complaint_remark', 'text_sealed'],
] as const;

/** What the record has to have stays as an empty text; a column that was null stays so. */
const emptied = (column: string): string => `${column} = case when ${column} is not null then $3 end`;

/**
 * Empties who complained and in which words: of the complaints of the person, and of those of households in which nobody
 * is left. Grades, times, responsibility and cost stay. Answers the complaints.
 */
export async function eraseFromComplaints(tx: Tx, personId: string, vacated: readonly string[]): Promise<string[]> {
  const empty = seal(tx, '');
  const texts = ['contact_name', 'respondent', 'location', 'summary', 'course', 'demand', 'help', 'result'];
  const erased = await rows<{ id: string }>(
    tx,
    `update complaint set ${texts.map((text) => emptied(`${text}_sealed`)).join(', ')},
            contact_name_masked = case when contact_name_masked is not null then '***' end,
            contact_phone_sealed = null, contact_phone_masked = null, contact_phone_index = null
      where complainant_id = $1 or household_id = any($2::uuid[]) returning id`,
    [personId, vacated, empty],
  );
  const ids = erased.map(({ id }) => id);
  for (const [table, column] of words) {
    await rows(
      tx,
      `update ${table} set ${column} = $2 where complaint_id = any($1::uuid[]) and ${column} is not null`,
      [ids, empty],
    );
  }
  return ids;
}
