import { refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { decorationTermsAcknowledged } from '@steward/events';
import { invocationOf, lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { insertAcknowledgement, papersOfDecoration, termsInForce } from '../db/decoration-queries.ts';
import { requireInForce } from '../domain/decoration-terms-rules.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { DecorationParty } from '../domain/decoration.ts';
import type { AcknowledgeDecorationTermsInput } from '../graphql/generated.ts';
import { signForParty, partySigningViolations } from './sign-decoration.ts';

const rule = 'A084';

/** Owner or contractor signs hours and prohibitions as they are in force (A084). */
export async function acknowledgeDecorationTerms(
  tx: Tx,
  input: AcknowledgeDecorationTermsInput,
): Promise<{ id: string }> {
  const party: DecorationParty = input.party;
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  decorationProcedure.requireAction(decoration, 'acknowledgeDecorationTerms');
  const terms = requireInForce(await termsInForce(tx, decoration.communityId), input.termsId);
  const { acknowledgedBy } = await papersOfDecoration(tx, decoration.id);
  const violations: Violation[] = partySigningViolations(party, input, invocationOf(tx).viewer, decoration.applicantId);
  if (acknowledgedBy.includes(party))
    violations.push({ path: 'input.party', reason: 'ALREADY_ACKNOWLEDGED', rule, params: { party } });
  refuseAll(violations);
  await insertAcknowledgement(tx, { decorationId: decoration.id, party, termsId: terms.id });
  const note = { action: 'acknowledgeDecorationTerms', reasonCode: party, rule };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, decoration, note);
  const { edition, workFrom, workTo, breakFrom, breakTo, isAllowedAtWeekend, prohibitions } = terms;
  const statement = {
    number: saved.number,
    edition,
    workFrom,
    workTo,
    breakFrom,
    breakTo,
    isAllowedAtWeekend,
    prohibitions,
  };
  await signForParty(tx, saved, party, input, statement);
  publish(tx, saved, decorationTermsAcknowledged, { decorationId: saved.id, party, termsId: terms.id });
  return { id: saved.id };
}
