import { rm, writeFile } from 'node:fs/promises';

import type { GatewayClient } from '../../import/gateway-client.ts';
import { ImportError } from '../../import/import-error.ts';
import type { ExportKind } from '../kinds.ts';
import { sections, type Section } from './sections.ts';

const personQuery = /* GraphQL */ `
  query ExportPerson($id: ID!) {
    person(id: $id) {
      id
      number
      createdAt
      erasedAt
      nameMasked
      phoneMasked
      identityNumberMasked
      locale
      community {
        number
        name
      }
      householdsEver {
        id
        number
        segment
        holdings {
          unit {
            number
          }
          tenure
          validFrom
          validTo
        }
        memberships {
          person {
            id
          }
          role
          validFrom
          validTo
        }
        file {
          documents {
            kind {
              code
              label
            }
            receivedAt
          }
        }
      }
      history(first: 100) {
        nodes {
          at
          action
          rule
          fields {
            field
          }
        }
      }
    }
  }
`;

const reveal = /* GraphQL */ `
  mutation ExportPersonContact($input: RevealPersonContactInput!) {
    revealPersonContact(input: $input) {
      contact {
        name
        phone
        identityNumber
      }
    }
  }
`;

const timelineQuery = /* GraphQL */ `
  query ExportTimeline($id: ID!, $after: String) {
    household(id: $id) {
      timeline(first: 100, after: $after) {
        nodes {
          at
          what {
            code
            label
          }
          subjectType
          number
          details {
            name
            value
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

type Page = { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

/** All nodes of the one list that a query asks for. */
async function every(client: GatewayClient, query: string, id: string, listIn: (data: object) => Page | undefined) {
  const nodes: object[] = [];
  for (let after: string | null = null; ;) {
    const found = listIn(await client<object>(query, { id, after }));
    if (found === undefined) return nodes;
    nodes.push(...found.nodes);
    if (!found.pageInfo.hasNextPage) return nodes;
    after = found.pageInfo.endCursor;
  }
}

const only = (data: object): Page | undefined => Object.values(data)[0] as Page | undefined;
const timelineOf = (data: object): Page | undefined =>
  (data as { household: { timeline: Page } | null }).household?.timeline;

type Household = { id: string; memberships: { person: { id: string } | null }[] };
type PersonAnswer = { person: { id: string; erasedAt: string | null; householdsEver: Household[] } | null };

/** The rows of a section for those it is asked for, one after another: an export waits, the platform does not. */
async function rowsOf(client: GatewayClient, { query, ofTheirs }: Section, ids: readonly string[]): Promise<object[]> {
  const found: object[] = [];
  for (const id of ids) {
    const rows = await every(client, query, id, only);
    found.push(...(ofTheirs === undefined ? rows : rows.map((row) => ofTheirs(row, id))));
  }
  return found;
}

/** Everything held of a person by section; accounts are found before what is asked for by account. */
async function heldOf(client: GatewayClient, personId: string, households: readonly string[]) {
  const held: Record<string, object[]> = {};
  const accounts = new Set<string>();
  const idsOf = { person: () => [personId], household: () => households, account: () => [...accounts] };
  const byAccount = sections.filter((section) => section.of === 'account');
  for (const section of [...sections.filter((each) => !byAccount.includes(each)), ...byAccount]) {
    const rows = await rowsOf(client, section, idsOf[section.of]());
    held[section.name] = rows;
    if (section.root === 'billingAccounts') for (const row of rows) accounts.add((row as { id: string }).id);
  }
  return held;
}

/** A household as it is the person's own: of its members nobody else. */
const ownPart = (personId: string, { memberships, ...household }: Household): object => ({
  ...household,
  memberships: memberships.filter(({ person }) => person?.id === personId),
});

async function contactOf(client: GatewayClient, personId: string, reason: string): Promise<object> {
  type Revealed = { revealPersonContact: { contact: object } };
  const { revealPersonContact } = await client<Revealed>(reveal, { input: { personId, reason } });
  return revealPersonContact.contact;
}

/**
 * Everything that the services hold of a person, collected through the graph as one JSON document: what the one who runs it
 * may see, and the contact in clear where a reason is given, which is kept.
 */
export const exportPerson: ExportKind = async (client, { file, person: personId, reason }) => {
  if (personId === undefined) throw new ImportError('PERSON_NEEDED', {});
  const { person } = await client<PersonAnswer>(personQuery, { id: personId });
  if (person === null) throw new ImportError('PERSON_UNKNOWN', { params: { person: personId } });
  const { householdsEver, ...about } = person;
  const isRevealed = reason !== undefined && person.erasedAt === null;
  const contact = isRevealed ? await contactOf(client, personId, reason) : null;
  const ids = householdsEver.map(({ id }) => id);
  const held = await heldOf(client, personId, ids);
  const timelines: object[] = [];
  for (const id of ids) timelines.push({ household: id, entries: await every(client, timelineQuery, id, timelineOf) });
  const households = householdsEver.map((household) => ownPart(personId, household));
  const document = { person: { ...about, contact }, households, ...held, timelines };
  // For the person's eyes: nobody else of the machine may read it, not even a moment long or in a file that was there.
  await rm(file, { force: true });
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  const rows = Object.values(held).reduce((sum, list) => sum + list.length, 0);
  return { rows, revealed: isRevealed ? 1 : 0 };
};
