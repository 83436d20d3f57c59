import { localDate, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { requireUploaded } from '@steward/files';
import {
  authorize,
  holdersOf,
  invocationOf,
  isHouseholdOf,
  lockNaturalKeys,
  managedCommunity,
  ownHouseholds,
  resolvePolicy,
  findColleague,
} from '@steward/service-kit';

import { addedCodes, departmentsOf } from '../db/catalog-queries.ts';
import { findBySource, insertPhotos } from '../db/complaint-queries.ts';
import { tellDirector, tellResident, tellSupervisor } from '../db/notices.ts';
import { findPlace } from '../db/reference-queries.ts';
import { sealedRecord } from '../db/sealed-record.ts';
import { catalogOf, type Catalog, type Category } from '../domain/complaint-catalog.ts';
import { appChannel, customerServiceDepartment, limitPolicy, type LimitValues } from '../domain/complaint-policy.ts';
import type { Complaint } from '../domain/complaint.ts';
import { gradeOf, gradeViolations } from '../domain/grading-rules.ts';
import { colleagueViolations, unique } from '../domain/handling-rules.ts';
import {
  departmentViolations,
  householdOf,
  intakeViolations,
  placeViolations,
  residentViolations,
  sourceOf,
} from '../domain/intake-rules.ts';
import type { Reported } from '../domain/new-complaint.ts';
import type { CommunityReference, PlaceReference } from '../domain/references.ts';
import { timeViolations } from '../domain/time-rules.ts';
import type { RegisterComplaintInput } from '../graphql/generated.ts';
import { enterComplaints } from './enter-complaints.ts';

type Settling = {
  community: CommunityReference;
  place: PlaceReference | undefined;
  catalog: Catalog;
  figures: LimitValues;
};

/** Residents write in the app, whatever channel they name. */
const asSent = (tx: Tx, sent: RegisterComplaintInput): RegisterComplaintInput =>
  invocationOf(tx).viewer.actor === 'person' ? { ...sent, channelCode: appChannel } : sent;

export async function registerComplaint(tx: Tx, sent: RegisterComplaintInput): Promise<{ id: string }> {
  const input = asSent(tx, sent);
  await authorizeIntake(tx, input);
  const community = await managedCommunity(tx, input.communityId);
  const settling: Settling = {
    community,
    place: await findPlace(tx, input.placeId),
    catalog: catalogOf(await addedCodes(tx, community.id)),
    figures: await resolvePolicy(tx, limitPolicy, community.id),
  };
  refuseAll(await violationsOf(tx, input, settling));
  const photos = await requireUploaded(tx, [...new Set(input.photoFileIds)], 'photo', 'input.photoFileIds');
  const intake = { action: 'registerComplaint', community, figures: settling.figures };
  const [complaint] = await enterComplaints(tx, intake, [await reportedBy(tx, input, settling)]);
  if (complaint === undefined) throw new Error('one report makes one complaint');
  const fileIds = photos.map(({ id }) => id);
  await insertPhotos(tx, complaint.id, fileIds);
  await tellAll(tx, complaint);
  return { id: complaint.id };
}

/** Residents complain for a household of their own, or about common matters of a community they live in. */
async function authorizeIntake(tx: Tx, { communityId, householdId }: RegisterComplaintInput): Promise<void> {
  const { viewer } = invocationOf(tx);
  const lives = viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);
  const isOwn = householdId == null || (await ownHouseholds(tx, viewer)).includes(householdId);
  const personIds = viewer.personId !== undefined && lives && isOwn ? [viewer.personId] : [];
  await authorize(tx, { communityId, personIds });
}

async function violationsOf(tx: Tx, input: RegisterComplaintInput, settling: Settling): Promise<Violation[]> {
  const { community, place, catalog, figures } = settling;
  const { now } = txScope(tx);
  const { receivedAt, occurredAt, wantedUntil, respondentId } = input;
  const departments = await departmentsOf(tx, community.id, catalog);
  const bounds = { now, backdatingHours: figures.backdatingHours, rule: 'A033' };
  const violations = [
    ...placeViolations(input.placeId, place, community.id),
    ...intakeViolations({ ...input, hasPlace: input.placeId != null }, catalog),
    ...departmentViolations(input.departmentCodes ?? [], departments),
    ...gradeViolations(input.grade, input.effects ?? []),
    ...(receivedAt == null ? [] : timeViolations(receivedAt, bounds, 'input.receivedAt')),
    ...(invocationOf(tx).viewer.actor === 'person' ? residentViolations(input) : []),
  ];
  const until = receivedAt ?? now;
  if (occurredAt != null && occurredAt > until) {
    const reason = occurredAt > now ? 'IN_THE_FUTURE' : 'OUT_OF_ORDER';
    violations.push({ path: 'input.occurredAt', reason, rule: 'A090' });
  }
  if (wantedUntil != null && wantedUntil < now) {
    violations.push({ path: 'input.wantedUntil', reason: 'IN_THE_PAST', rule: 'A097' });
  }
  if (respondentId != null) {
    const there = { communityId: community.id, day: localDate(now, community.timeZone) };
    const named = { path: 'input.respondentId', rule: 'A090' };
    violations.push(...colleagueViolations(await findColleague(tx, respondentId), there, named));
  }
  return [...violations, ...(await sourceViolations(tx, input.source))];
}

async function sourceViolations(tx: Tx, source: RegisterComplaintInput['source']): Promise<Violation[]> {
  if (source == null) return [];
  await lockNaturalKeys(tx, 'complaint-source');
  const known = await findBySource(tx, [source]);
  return known.size === 0 ? [] : [{ path: 'input.source.key', reason: 'SOURCE_KNOWN', rule: 'A032' }];
}

/** What is settled about the complaint, by an input that was checked before. */
async function reportedBy(tx: Tx, input: RegisterComplaintInput, settling: Settling): Promise<Reported> {
  const { community, place, catalog } = settling;
  const category = catalog.categories.get(input.categoryCode) as Category;
  const { viewer } = invocationOf(tx);
  const receivedAt = input.receivedAt ?? txScope(tx).now;
  const holders = place?.kind === 'UNIT' ? await holdersOf(tx, place.id) : [];
  const own = await ownHouseholds(tx, viewer);
  const said = input.householdId ?? holders.find((id) => own.includes(id)) ?? own[0];
  // A resident speaks for a household of their own, never for whoever holds the place they complain about.
  const isResident = viewer.personId !== undefined;
  const ofCommunity = said != null && (await isHouseholdOf(tx, said, community.id));
  const effects = input.effects ?? [];
  return {
    nature: input.nature ?? 'COMPLAINT',
    grade: gradeOf(input.grade, category.grade, effects),
    effects,
    channelCode: input.channelCode,
    categoryCode: category.code,
    departmentCode: category.departmentCode,
    departmentCodes: unique([category.departmentCode, ...(input.departmentCodes ?? [])]),
    place: place ?? null,
    householdId: householdOf(isResident && !ofCommunity ? null : said, {
      ofCommunity,
      holders: isResident ? [] : holders,
    }),
    complainantId: viewer.personId ?? null,
    respondentId: input.respondentId ?? null,
    receivedAt,
    occurredAt: input.occurredAt ?? receivedAt,
    wantedUntil: input.wantedUntil ?? null,
    isHarmOngoing: input.isHarmOngoing ?? false,
    isAgitated: input.isAgitated ?? false,
    record: sealedRecord(tx, input),
    source: sourceOf(input.source),
  };
}

/** Whoever has to know: the department, the director of what is major, a supervisor for an agitated resident. */
async function tellAll(tx: Tx, complaint: Complaint): Promise<void> {
  await tellSupervisor(tx, complaint, 'complaintReceived');
  if (complaint.grade === 'MAJOR') await tellDirector(tx, complaint, 'complaintMajor');
  if (complaint.isHarmOngoing) await tellSupervisor(tx, complaint, 'complaintHarm');
  if (complaint.isAgitated) await tellSupervisor(tx, complaint, 'complaintAgitated', customerServiceDepartment);
  await tellResident(tx, complaint, 'complaintTakenIn');
}
