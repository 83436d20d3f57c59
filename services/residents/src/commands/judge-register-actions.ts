import type { Tx } from '@steward/db';
import { judgeActions, resolvePolicy, type JudgedAction } from '@steward/service-kit';

import type { EscortedAccess } from '../domain/escorted-access.ts';
import type { MailItem } from '../domain/mail-item.ts';
import { registrationPapersPolicy } from '../domain/register-policy.ts';
import { escortedAccessRules, mailItemRules, missingPapers, registrationRules } from '../domain/register-rules.ts';
import type { ResidentRegistration } from '../domain/resident-registration.ts';

type Rules<Row> = {
  actions: readonly string[];
  refusal(row: Row, action: never): { reason: string; rule: string } | null;
};

/** Every action but the one that makes the thing. */
const judge = <Row>({ actions, refusal }: Rules<Row>, row: Row): JudgedAction[] =>
  judgeActions(actions.slice(1), (action) => refusal(row, action as never));

export const judgeMailItemActions = (row: MailItem): JudgedAction[] => judge(mailItemRules, row);
export const judgeRegistrationActions = (row: ResidentRegistration): JudgedAction[] => judge(registrationRules, row);
export const judgeEscortedAccessActions = (row: EscortedAccess): JudgedAction[] => judge(escortedAccessRules, row);

/** The papers that a registration lacks of those that are filed. */
export async function missingPapersOf(
  tx: Tx,
  { kind, communityId }: ResidentRegistration,
  filed: readonly string[],
): Promise<string[]> {
  return missingPapers(kind, await resolvePolicy(tx, registrationPapersPolicy, communityId), filed);
}
