import { randomInt } from 'node:crypto';

import { newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { passIssued, passRequested } from '@steward/events';
import {
  insertAggregates,
  nextNumbers,
  publish,
  schedule,
  seal,
  sealedColumns,
  sealedName,
  sealedPhone,
} from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { passAggregate } from '../db/pass-entities.ts';
import { normalPlate, plateIndex, takenCodes } from '../db/pass-queries.ts';
import { passFact } from '../domain/pass-facts.ts';
import { passCode, passExpiryTimer, passKinds, passNumberPrefix } from '../domain/pass-policy.ts';
import type { Pass, PassCause, PassItem, PassKind } from '../domain/pass.ts';

export type PassHolder = { name: string; identityNumber?: string | null; phone?: string | null };

/** Passes of one kind, one for each holder; judged before by whoever calls. */
export type PassIssue = {
  kind: PassKind;
  status?: 'REQUESTED' | 'VALID';
  communityId: string;
  unitId?: string | null;
  householdId?: string | null;
  organisationId?: string | null;
  cause?: PassCause | null;
  validFrom: Date;
  validTo: Date;
  /** Null: what is let through has no holder, but a plate or items. */
  holders: readonly (PassHolder | null)[];
  holderCount?: number;
  plate?: string | null;
  items?: readonly PassItem[];
  photoFileIds?: readonly string[];
};

const drawCode = (): string =>
  Array.from({ length: passCode.length }, () => passCode.alphabet[randomInt(passCode.alphabet.length)]).join('');

/** As many codes as are asked for, none of which the community has ever had. */
async function drawCodes(tx: Tx, communityId: string, count: number): Promise<string[]> {
  const codes = new Set<string>();
  while (codes.size < count) {
    const drawn = Array.from({ length: count - codes.size }, drawCode);
    const taken = await takenCodes(tx, communityId, drawn);
    for (const code of drawn) if (!taken.has(code)) codes.add(code);
  }
  return [...codes];
}

const sealedPlate = (tx: Tx, plate: string | null) => ({
  ...sealedColumns(tx, 'plate', plate === null ? null : normalPlate(plate), maskPlate),
  plateIndex: plate === null ? null : plateIndex(tx, plate),
});

/** The place of registration and the last two characters. */
const maskPlate = (plate: string): string =>
  `${plate.slice(0, 2)}${'*'.repeat(Math.max(plate.length - 4, 0))}${plate.slice(-2)}`;

const sealedHolder = (tx: Tx, holder: PassHolder | null) => ({
  ...sealedName(tx, 'holderName', holder?.name ?? null),
  ...sealedPhone(tx, 'holderPhone', holder?.phone ?? null),
  holderIdentitySealed: holder?.identityNumber == null ? null : seal(tx, holder.identityNumber),
});

/** Sets the timer at the end of a pass. */
export const scheduleExpiry = (tx: Tx, { id, communityId, validTo }: Pass): Promise<string> =>
  schedule(tx, { kind: passExpiryTimer, dueAt: validTo, aggregateId: id, communityId });

const begun = { suspendedBy: null, reasonCode: null, usedAt: null, usedGateId: null };

/**
 * The one way in which passes come to be, whatever procedure asks for them: number, code, timer of their end and event
 * each. It asks for no authorisation; who calls it has.
 */
export async function issuePasses(tx: Tx, issue: PassIssue): Promise<Pass[]> {
  const { kind, communityId, status = 'VALID', holders, cause = null, validFrom, validTo, plate = null } = issue;
  const { timeZone: zone } = await loadCommunity(tx, communityId);
  const count = holders.length;
  const numbers = await nextNumbers(tx, { communityId, prefix: passNumberPrefix, zone, count });
  const codes = await drawCodes(tx, communityId, count);
  const fresh = holders.map((holder, index) => ({
    id: newId(),
    communityId,
    number: numbers[index] as string,
    kind,
    status,
    code: codes[index] as string,
    householdId: issue.householdId ?? null,
    unitId: issue.unitId ?? null,
    organisationId: issue.organisationId ?? null,
    causeType: cause?.type ?? null,
    causeId: cause?.id ?? null,
    ...sealedHolder(tx, holder),
    holderCount: issue.holderCount ?? 1,
    ...sealedPlate(tx, plate),
    items: [...(issue.items ?? [])],
    photoFileIds: [...(issue.photoFileIds ?? [])],
    validFrom,
    validTo,
    ...begun,
  }));
  const passes = await insertAggregates(tx, passAggregate, fresh, {
    action: status === 'VALID' ? 'issuePass' : 'requestPass',
    rule: passKinds[kind].rule,
  });
  for (const pass of passes) {
    publish(tx, pass, status === 'VALID' ? passIssued : passRequested, passFact(pass));
    await scheduleExpiry(tx, pass);
  }
  return passes;
}
