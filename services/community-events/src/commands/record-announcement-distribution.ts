import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { announcementDistributed } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { announcementAggregate } from '../db/notice-aggregates.ts';
import { requireAnnouncement } from '../domain/notice-rules.ts';
import type { RecordAnnouncementDistributionInput } from '../graphql/generated.ts';

/** Copies that were put up or handed out: never more than were printed (A227). */
export async function recordAnnouncementDistribution(
  tx: Tx,
  input: RecordAnnouncementDistributionInput,
): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, announcementAggregate, input);
  requireAnnouncement(before, 'recordAnnouncementDistribution');
  const { copies } = input;
  const left = before.printedCopies - before.distributedCopies;
  if (copies < 1 || copies > left) {
    refuseAll([{ path: 'input.copies', reason: 'COPIES_OUT_OF_RANGE', rule: 'A227', params: { most: left } }]);
  }
  const after = { ...before, distributedCopies: before.distributedCopies + copies };
  const note = { action: 'recordAnnouncementDistribution', rule: 'A227' };
  const saved = await saveAggregate(tx, announcementAggregate, before, after, note);
  publish(tx, saved, announcementDistributed, { announcementId: saved.id, copies });
  return { id: saved.id };
}
