import type { Party } from './billing-account.ts';
import type { HouseholdParty, HouseholdUnit, Tenure } from './references.ts';

type Member = Pick<HouseholdParty, 'id' | 'personId' | 'organisationId' | 'role' | 'validFrom' | 'validTo'>;
type Holding = Pick<HouseholdUnit, 'tenure' | 'validFrom' | 'validTo'>;

export type LiableDays = { party: Party; validFrom: string; validTo: string | null };

/** The role in a household that answers for what the unit costs. */
const liableRoles: Record<Tenure, HouseholdParty['role']> = { OWNED: 'OWNER', RENTED: 'RENTER' };

const partyOf = ({ personId, organisationId }: Member): Party | null => {
  if (personId !== null) return { kind: 'PERSON', id: personId };
  return organisationId === null ? null : { kind: 'ORGANISATION', id: organisationId };
};

const earlier = (one: string | null, other: string | null): string | null => {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
};

const byStart = (one: Member, other: Member): number =>
  one.validFrom.localeCompare(other.validFrom) || one.id.localeCompare(other.id);

/**
 * Who owes for a holding on which of its days: the owner of an owned, the renter of a rented unit, the one who came first
 * while several are. Days without such a member are nobody's; the answer never overlaps.
 */
export function liableDays(holding: Holding, members: readonly Member[]): LiableDays[] {
  const candidates = members.filter(({ role }) => role === liableRoles[holding.tenure]).sort(byStart);
  const days: LiableDays[] = [];
  let from = holding.validFrom;
  for (const member of candidates) {
    const party = partyOf(member);
    const validFrom = member.validFrom > from ? member.validFrom : from;
    const validTo = earlier(member.validTo, holding.validTo);
    if (party === null || (validTo !== null && validTo <= validFrom)) continue;
    days.push({ party, validFrom, validTo });
    if (validTo === null) break;
    from = validTo;
  }
  return days;
}

/** Who of a household is asked to pay for a service it ordered: its owner, else its renter, else the household as such. */
export function payingParty(householdId: string, members: readonly Member[], on: string): Party {
  const present = members
    .filter(({ validFrom, validTo }) => validFrom <= on && (validTo === null || validTo > on))
    .sort(byStart);
  for (const role of ['OWNER', 'RENTER'] as const) {
    const found = present.find((member) => member.role === role);
    const party = found === undefined ? null : partyOf(found);
    if (party !== null) return party;
  }
  return { kind: 'HOUSEHOLD', id: householdId };
}
