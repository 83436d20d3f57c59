import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationAgreementSigned } from '@steward/events';
import { invocationOf, lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { insertDocuments, papersOfDecoration } from '../db/decoration-queries.ts';
import { agreementKind } from '../domain/decoration-policy.ts';
import { agreementViolations } from '../domain/decoration-rules.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { SignDecorationAgreementInput } from '../graphql/generated.ts';
import { filePapers } from './file-papers.ts';
import { confirmForProperty } from './sign-procedure.ts';
import { partySigningViolations, signForParty } from './sign-decoration.ts';

const rule = 'A084';
const action = 'signDecorationAgreement';

/** Owner, contractor and the company sign the agreement; its scan may follow, but the archive waits for it (A088). */
export async function signDecorationAgreement(tx: Tx, input: SignDecorationAgreementInput): Promise<{ id: string }> {
  const { owner, contractor, agreementFileId = null } = input;
  const { now } = txScope(tx);
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  decorationProcedure.requireAction(decoration, action);
  if (decoration.agreementSignedAt !== null) throw new DomainError('CONFLICT', 'AGREEMENT_SIGNED', { rule });
  const { viewer } = invocationOf(tx);
  refuseAll([
    ...agreementViolations(await papersOfDecoration(tx, decoration.id)),
    ...partySigningViolations('OWNER', owner, viewer, decoration.applicantId, 'input.owner'),
    ...partySigningViolations('CONTRACTOR', contractor, viewer, decoration.applicantId, 'input.contractor'),
  ]);
  if (agreementFileId !== null) {
    const paper = { kindCode: agreementKind, fileId: agreementFileId, receivedAt: now };
    await filePapers(tx, decoration.householdId, [paper], { action, rule, path: 'input.agreementFileId' });
    await insertDocuments(tx, decoration.id, agreementKind, [agreementFileId], now);
  }
  const signed = { ...decoration, agreementSignedAt: now };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, signed, { action, rule });
  const {
    number,
    kind,
    householdId,
    unitId,
    contractorId,
    isStructureChanged,
    isLoadIncreased,
    plannedFrom,
    plannedTo,
  } = saved;
  const parties = { number, kind, householdId, unitId, contractorId };
  const statement = { ...parties, isStructureChanged, isLoadIncreased, plannedFrom, plannedTo, agreementFileId };
  await signForParty(tx, saved, 'OWNER', owner, statement, 'input.owner.signatureFileId');
  await signForParty(tx, saved, 'CONTRACTOR', contractor, statement, 'input.contractor.signatureFileId');
  await confirmForProperty(tx, decorationAggregate, saved, statement);
  publish(tx, saved, decorationAgreementSigned, { decorationId: saved.id, signedAt: now.toISOString() });
  return { id: saved.id };
}
