import type { Locale } from '@steward/core';

import type { GatewayClient } from '../../import/gateway-client.ts';
import { columnNames, wordOf, type ColumnName } from '../../import/property-register/columns.ts';

const pageOf = 'first: 100, after: $after';
const page = 'pageInfo { hasNextPage endCursor }';

const unitsQuery = /* GraphQL */ `query ExportUnits($communityId: ID!, $after: String) {
  places(${pageOf}, filter: { communityId: $communityId, kind: [UNIT] }) {
    nodes { id number code areaM2 floor deliveredOn parent { kind } unit { usage } } ${page} } }`;

const householdsQuery = /* GraphQL */ `query ExportHouseholds($communityId: ID!, $after: String) {
  households(${pageOf}, filter: { communityId: $communityId }) {
    nodes { number segment isKeyAccount
      holdings { unit { id } tenure validFrom validTo }
      memberships { role validFrom validTo person { id nameMasked phoneMasked identityNumberMasked erasedAt } } } ${page} } }`;

const revealContacts = /* GraphQL */ `
  mutation ExportContacts($input: RevealPersonContactsInput!) {
    revealPersonContacts(input: $input) {
      persons {
        person {
          id
        }
        contact {
          name
          phone
          identityNumber
        }
      }
    }
  }
`;

type Unit = {
  id: string;
  number: string;
  code: string;
  areaM2: string | null;
  floor: number | null;
  deliveredOn: string | null;
  parent: { kind: string } | null;
  unit: { usage: string };
};
type Contact = { name: string; phone: string | null; identityNumber: string | null };
type Person = {
  id: string;
  nameMasked: string;
  phoneMasked: string | null;
  identityNumberMasked: string | null;
  erasedAt: string | null;
};
type Range = { validFrom: string; validTo: string | null };
type Membership = Range & { role: string; person: Person | null };
type Household = {
  number: string;
  segment: string;
  isKeyAccount: boolean;
  holdings: (Range & { unit: { id: string }; tenure: string })[];
  memberships: Membership[];
};

type Pages<Node> = Record<string, { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }>;

/** All nodes of a list, page by page. */
async function every<Node>(client: GatewayClient, list: string, query: string, communityId: string): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ;) {
    const answer: Pages<Node> = await client<Pages<Node>>(query, { communityId, after });
    const found = answer[list];
    if (found === undefined) return nodes;
    nodes.push(...found.nodes);
    if (!found.pageInfo.hasNextPage) return nodes;
    after = found.pageInfo.endCursor;
  }
}

const revealedAtOnce = 100;

/** Contacts in clear by person; each reading is kept with the reason, or is not made. */
async function contactsOf(
  client: GatewayClient,
  communityId: string,
  personIds: readonly string[],
  reason: string,
): Promise<Map<string, Contact>> {
  const contacts = new Map<string, Contact>();
  for (let from = 0; from < personIds.length; from += revealedAtOnce) {
    const input = { communityId, personIds: personIds.slice(from, from + revealedAtOnce), reason };
    type Answer = { revealPersonContacts: { persons: { person: { id: string }; contact: Contact }[] } };
    const { revealPersonContacts } = await client<Answer>(revealContacts, { input });
    for (const { person, contact } of revealPersonContacts.persons) contacts.set(person.id, contact);
  }
  return contacts;
}

type Cells = Partial<Record<ColumnName, string>>;

function unitCells({ number, areaM2, floor, deliveredOn, parent, unit }: Unit, locale: Locale): Cells {
  const codes = number.split('/');
  const hasSection = parent?.kind === 'SECTION';
  return {
    building: codes[0] ?? '',
    section: hasSection ? (codes.at(-2) ?? '') : '',
    unit: codes.at(-1) ?? '',
    usage: wordOf('usage', unit.usage, locale),
    areaM2: areaM2 ?? '',
    floor: floor === null ? '' : String(floor),
    deliveredOn: deliveredOn ?? '',
  };
}

function memberCells(membership: Membership, person: Person, contact: Contact | undefined, locale: Locale): Cells {
  return {
    memberName: contact?.name ?? person.nameMasked,
    memberPhone: (contact === undefined ? person.phoneMasked : contact.phone) ?? '',
    memberIdentity: (contact === undefined ? person.identityNumberMasked : contact.identityNumber) ?? '',
    memberRole: wordOf('memberRole', membership.role, locale),
    memberFrom: membership.validFrom,
    memberTo: membership.validTo ?? '',
  };
}

/** A household's rows: its first unit with each of its members, every further unit once. */
function householdRows(
  household: Household,
  units: ReadonlyMap<string, Unit>,
  contacts: ReadonlyMap<string, Contact>,
  locale: Locale,
): Cells[] {
  const { number, segment, isKeyAccount, holdings, memberships } = household;
  const own = {
    household: number,
    segment: wordOf('segment', segment, locale),
    isKeyAccount: wordOf('isKeyAccount', String(isKeyAccount), locale),
  };
  const members = memberships.flatMap((membership) => {
    const { person } = membership;
    // Who was erased has no name to write; organisations are no persons.
    return person === null || person.erasedAt !== null
      ? []
      : [memberCells(membership, person, contacts.get(person.id), locale)];
  });
  return holdings.flatMap(({ unit: { id }, tenure, validFrom, validTo }, index) => {
    const unit = units.get(id);
    if (unit === undefined) return [];
    const held = { tenure: wordOf('tenure', tenure, locale), heldFrom: validFrom, heldTo: validTo ?? '' };
    const row = { ...unitCells(unit, locale), ...own, ...held };
    return index === 0 && members.length > 0 ? members.map((member) => ({ ...row, ...member })) : [row];
  });
}

export type RegisterExport = { rows: string[][]; persons: number };

/**
 * The register of a community as the import reads it, by path of the units. Contacts are masked unless a reason is given:
 * then they are revealed, which only overseers may, and each reading is kept.
 */
export async function readRegister(
  client: GatewayClient,
  { communityId, locale, reason }: { communityId: string; locale: Locale; reason: string | undefined },
): Promise<RegisterExport> {
  const units = await every<Unit>(client, 'places', unitsQuery, communityId);
  const households = await every<Household>(client, 'households', householdsQuery, communityId);
  const people = households.flatMap(({ memberships }) =>
    memberships.flatMap(({ person }) => (person === null || person.erasedAt !== null ? [] : person.id)),
  );
  const personIds = [...new Set(people)];
  const contacts =
    reason === undefined ? new Map<string, Contact>() : await contactsOf(client, communityId, personIds, reason);
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const held = households.flatMap((household) => householdRows(household, byId, contacts, locale));
  const heldIds = new Set(households.flatMap(({ holdings }) => holdings.map(({ unit }) => unit.id)));
  const vacant = units.filter(({ id }) => !heldIds.has(id)).map((unit) => unitCells(unit, locale));
  const rows = [...held, ...vacant].map((cells) => columnNames.map((name) => cells[name] ?? ''));
  return {
    rows: rows.toSorted((a, b) =>
      a.slice(0, 3).join('/').localeCompare(b.slice(0, 3).join('/'), 'en', { numeric: true }),
    ),
    persons: personIds.length,
  };
}
