import { writeFile } from 'node:fs/promises';

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

async function sectionOf(client: GatewayClient, section: Section, personId: string, households: readonly string[]) {
  const ids = section.of === 'person' ? [personId] : households;
  const found = await Promise.all(ids.map((id) => every(client, section.query, id, only)));
  return [section.name, found.flat()] as const;
}

type PersonAnswer = { person: { id: string; erasedAt: string | null; householdsEver: { id: string }[] } | null };

/**
 * Everything that the services hold of a person, collected through the graph as one JSON document: what the one who runs it
 * may see, and the contact in clear where a reason is given, which is kept.
 */
export const exportPerson: ExportKind = async (client, { file, person: personId, reason }) => {
  if (personId === undefined) throw new ImportError('PERSON_NEEDED', {});
  const { person } = await client<PersonAnswer>(personQuery, { id: personId });
  if (person === null) throw new ImportError('PERSON_UNKNOWN', { params: { person: personId } });
  const isRevealed = reason !== undefined && person.erasedAt === null;
  const contact = isRevealed
    ? (
        await client<{ revealPersonContact: { contact: object } }>(reveal, {
          input: { personId, reason },
        })
      ).revealPersonContact.contact
    : null;
  const households = person.householdsEver.map(({ id }) => id);
  const held = Object.fromEntries(
    await Promise.all(sections.map((section) => sectionOf(client, section, personId, households))),
  );
  const timelines = await Promise.all(
    person.householdsEver.map(async (household) => ({
      ...household,
      entries: await every(client, timelineQuery, household.id, timelineOf),
    })),
  );
  const document = { person: { ...person, contact }, ...held, timelines };
  // For the person's eyes: nobody else of the machine may read it.
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
  const rows = Object.values(held).reduce((sum, list) => sum + list.length, 0);
  return { rows, revealed: isRevealed ? 1 : 0 };
};
