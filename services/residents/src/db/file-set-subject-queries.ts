import type { ListSubject } from '@steward/service-kit';

/** A right to read is its holder's. */
export const fileInspectionSubject = ({ communityId, personId }: { communityId: string; personId: string }) => ({
  communityId,
  personIds: [personId],
});

export const inspectionListSubject: ListSubject = { person: ({ row }, id) => `${row}.person_id = ${id}` };

/** A file set is shown to whoever may read it at the time of asking, not a moment longer (A214). */
export const fileSetListSubject: ListSubject = {
  person: ({ row, now }, id) => `exists (
    select 1 from file_inspection i
     where i.community_id = ${row}.community_id and i.person_id = ${id} and ${row}.kind = any(i.file_set_kinds)
       and i.ended_at is null and i.valid_to > ${now})`,
};
