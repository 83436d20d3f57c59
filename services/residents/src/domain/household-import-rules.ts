import { refuseAll, type Violation } from '@steward/core';

import { holdingViolations, membershipViolations } from './household-rules.ts';
import type {
  DayRange,
  HoldingTenure,
  HoldingTerms,
  HouseholdRole,
  HouseholdSegment,
  MembershipTerms,
} from './household.ts';
import { personViolations } from './person-rules.ts';
import { textViolations } from './text-rules.ts';

/** A person of a row, as typed. */
export type PersonDraft = {
  id?: string | null;
  name: string;
  phone?: string | null;
  identityNumber?: string | null;
  locale?: string | null;
};

type RangeDraft = { validFrom: string; validTo?: string | null };
type HoldingDraft = RangeDraft & { unitPath: string; tenure: HoldingTenure };

/** Who is meant by a member: a new person, or someone known. */
export type PartyDraft = { person?: PersonDraft | null; personId?: string | null; organisationId?: string | null };
type MemberDraft = RangeDraft & PartyDraft & { role: HouseholdRole };

/** One row of an import of households. */
export type HouseholdImportRow = {
  id?: string | null;
  number: string;
  segment?: HouseholdSegment;
  isKeyAccount?: boolean;
  holdings?: readonly HoldingDraft[];
  members?: readonly MemberDraft[];
};

/** Everything rows can refer to; it grows with the rows that are accepted. */
export type ImportDirectory = {
  unitIdByPath: Map<string, string>;
  /** Days on which units are owned. */
  ownedDays: Map<string, DayRange[]>;
  /** All persons that ids of rows name, and those among them that the caller may see. */
  personIds: Set<string>;
  visiblePersonIds: Set<string>;
  /** By blind index. */
  personIdByIdentity: Map<string, string>;
  visibleOrganisationIds: Set<string>;
  householdIds: Set<string>;
};

/** What only the platform can do: make and judge ids, and index an identity number without showing it. */
export type ImportTools = { isId(text: string): boolean; newId(): string; identityIndex(number: string): string };

export type NewPerson = PersonDraft & { id: string };

export type JudgedHousehold = {
  id: string;
  row: HouseholdImportRow;
  persons: NewPerson[];
  holdings: HoldingTerms[];
  memberships: MembershipTerms[];
};

const rangeOf = ({ validFrom, validTo = null }: RangeDraft): DayRange => ({ validFrom, validTo });

function judgeHoldings(row: HouseholdImportRow, directory: ImportDirectory, path: string) {
  const terms: HoldingTerms[] = [];
  const violations = (row.holdings ?? []).flatMap((draft, index): Violation[] => {
    const at = `${path}.holdings.${index}`;
    const unitId = directory.unitIdByPath.get(draft.unitPath);
    if (unitId === undefined) return [{ path: `${at}.unitPath`, reason: 'UNIT_UNKNOWN' }];
    const holding = { ...rangeOf(draft), unitId, tenure: draft.tenure };
    const found = holdingViolations(holding, { ownedByOthers: directory.ownedDays.get(unitId) ?? [], own: terms }, at);
    terms.push(holding);
    return found;
  });
  return { terms, violations };
}

/** Someone known by id as far as the caller may see them; exactly one of the ways to name a member is used. */
export function partyViolations(
  member: PartyDraft,
  directory: Pick<ImportDirectory, 'visiblePersonIds' | 'visibleOrganisationIds'>,
  path: string,
): Violation[] {
  const { person, personId, organisationId } = member;
  if ([person, personId, organisationId].filter((one) => one != null).length !== 1) {
    return [{ path, reason: 'MEMBER_AMBIGUOUS' }];
  }
  if (personId != null && !directory.visiblePersonIds.has(personId)) {
    return [{ path: `${path}.personId`, reason: 'PERSON_UNKNOWN' }];
  }
  if (organisationId != null && !directory.visibleOrganisationIds.has(organisationId)) {
    return [{ path: `${path}.organisationId`, reason: 'ORGANISATION_UNKNOWN' }];
  }
  return [];
}

type Newcomers = { persons: NewPerson[]; byIdentity: Map<string, string> };

/** The person of a row: the one known by id or identity number, else a new one of this row. */
function personIdOf(draft: PersonDraft, directory: ImportDirectory, tools: ImportTools, newcomers: Newcomers): string {
  const { persons, byIdentity } = newcomers;
  const index = draft.identityNumber == null ? null : tools.identityIndex(draft.identityNumber);
  const known = index === null ? undefined : (directory.personIdByIdentity.get(index) ?? byIdentity.get(index));
  if (known !== undefined) return known;
  const id = draft.id ?? tools.newId();
  if (directory.personIds.has(id) || persons.some((one) => one.id === id)) return id;
  persons.push({ ...draft, id });
  if (index !== null) byIdentity.set(index, id);
  return id;
}

type MembersJudged = { persons: NewPerson[]; terms: MembershipTerms[]; violations: Violation[] };

function judgeMembers(
  row: HouseholdImportRow,
  holdings: readonly HoldingTerms[],
  directory: ImportDirectory,
  tools: ImportTools,
  path: string,
): MembersJudged {
  const newcomers: Newcomers = { persons: [], byIdentity: new Map() };
  const terms: MembershipTerms[] = [];
  const violations = (row.members ?? []).flatMap((draft, index): Violation[] => {
    const at = `${path}.members.${index}`;
    const party = partyViolations(draft, directory, at);
    if (party.length > 0) return party;
    const { person, personId = null, organisationId = null, role } = draft;
    const typed = person == null ? [] : personDraftViolations(person, tools, `${at}.person`);
    const known = person == null ? personId : personIdOf(person, directory, tools, newcomers);
    const membership = { ...rangeOf(draft), personId: known, organisationId, role };
    const found = membershipViolations(membership, { holdings, own: terms }, at);
    terms.push(membership);
    return [...typed, ...found];
  });
  return { persons: newcomers.persons, terms, violations };
}

function personDraftViolations(person: PersonDraft, tools: ImportTools, path: string): Violation[] {
  const isMalformed = person.id != null && !tools.isId(person.id);
  return [...personViolations(person, path), ...(isMalformed ? [{ path: `${path}.id`, reason: 'ID_MALFORMED' }] : [])];
}

/** A household as it is to be entered; refuses with everything that is wrong with its row. */
export function judgeHouseholdRow(
  row: HouseholdImportRow,
  directory: ImportDirectory,
  tools: ImportTools,
  path: string,
): JudgedHousehold {
  const holdings = judgeHoldings(row, directory, path);
  const members = judgeMembers(row, holdings.terms, directory, tools, path);
  const violations = [...textViolations(row.number, `${path}.number`), ...holdings.violations, ...members.violations];
  if (row.id != null && !tools.isId(row.id)) violations.push({ path: `${path}.id`, reason: 'ID_MALFORMED' });
  if (row.id != null && directory.householdIds.has(row.id)) violations.push({ path: `${path}.id`, reason: 'ID_TAKEN' });
  refuseAll(violations);
  const id = row.id ?? tools.newId();
  return { id, row, persons: members.persons, holdings: holdings.terms, memberships: members.terms };
}

/** Lets the rows that follow refer to what this one has entered. */
export function admitHousehold(judged: JudgedHousehold, directory: ImportDirectory, tools: ImportTools): void {
  directory.householdIds.add(judged.id);
  for (const { id, identityNumber } of judged.persons) {
    directory.personIds.add(id);
    if (identityNumber != null) directory.personIdByIdentity.set(tools.identityIndex(identityNumber), id);
  }
  for (const { unitId, tenure, validFrom, validTo } of judged.holdings) {
    if (tenure !== 'OWNED') continue;
    directory.ownedDays.set(unitId, [...(directory.ownedDays.get(unitId) ?? []), { validFrom, validTo }]);
  }
}
