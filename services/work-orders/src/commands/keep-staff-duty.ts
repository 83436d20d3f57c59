import type { Tx } from '@steward/db';
import type { staffDutyChanged, StewardEvent } from '@steward/events';

import { staffReferenceEntity } from '../db/reference-entities.ts';

type DutyData = ReturnType<(typeof staffDutyChanged)['data']['parse']>;

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** Reaction: keeps when a member of staff is on duty; dispatch asks only those who are. */
export async function keepStaffDuty(tx: Tx, event: StewardEvent<DutyData>): Promise<void> {
  const { staffId, onDutyFrom, onDutyTo } = event.data;
  const duty = { onDutyFrom: instant(onDutyFrom), onDutyTo: instant(onDutyTo) };
  await tx.update(staffReferenceEntity, { id: staffId }, duty);
}
