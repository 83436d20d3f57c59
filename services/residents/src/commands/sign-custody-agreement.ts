import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { custodySigned } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { custodyAggregate } from '../db/custody-entities.ts';
import type { SignCustodyAgreementInput } from '../graphql/generated.ts';
import { filePapers } from './file-papers.ts';
import { lockCustody } from './lock-custody.ts';
import { signingViolations, signProcedure } from './sign-procedure.ts';

const rule = 'A061';

/** The household signs; the agreement goes into its file. */
export async function signCustodyAgreement(tx: Tx, input: SignCustodyAgreementInput): Promise<{ id: string }> {
  const custody = await lockCustody(tx, input, 'signCustodyAgreement');
  const { householdId, unitId, number } = custody;
  refuseAll(await signingViolations(tx, householdId, input, rule));
  const action = 'signCustodyAgreement';
  const paper = { kindCode: 'CUSTODY_AGREEMENT', fileId: input.agreementFileId ?? null };
  await filePapers(tx, householdId, [paper], { action, rule, path: 'input.agreementFileId' });
  const signed = { ...custody, signedAt: txScope(tx).now };
  const saved = await saveAggregate(tx, custodyAggregate, custody, signed, { action, rule });
  const statement = { number, householdId, unitId, agreementFileId: paper.fileId };
  await signProcedure(tx, custodyAggregate, saved, input, { role: 'HOUSEHOLD', statement });
  publish(tx, saved, custodySigned, { custodyId: custody.id });
  return { id: custody.id };
}
