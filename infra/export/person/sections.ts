/**
 * What the services hold of a person, a line for each list: where the graph has it, and by which filter. A service that
 * begins to hold something of persons adds its list here, and nothing else.
 */
export type Section = {
  /** Name in the export. */
  name: string;
  /** Whether it is asked for the person or for each household of theirs. */
  of: 'person' | 'household';
  /** `$id` is the person's or the household's id; `$after` the cursor. The list is the only root field. */
  query: string;
};

const page = 'pageInfo { hasNextPage endCursor }';

const list = (name: string, root: string, filter: string, nodes: string, of: Section['of'] = 'household'): Section => ({
  name,
  of,
  query: `query ExportOfPerson($id: ID!, $after: String) {
    ${root}(first: 50, after: $after, filter: { ${filter}: $id }) { nodes { ${nodes} } ${page} } }`,
});

const code = '{ code label }';

export const sections: readonly Section[] = [
  list('erasures', 'personErasures', 'personId', 'number status reason createdAt decidedAt', 'person'),
  list('ordersRequested', 'workOrders', 'requesterId', 'number status receivedAt description', 'person'),
  list('complaintsMade', 'complaints', 'complainantId', 'number status receivedAt summary', 'person'),
  list('moveIns', 'moveIns', 'householdId', 'number status createdAt'),
  list('custodies', 'custodies', 'householdId', 'number status startsOn endsOn'),
  list('decorations', 'decorations', 'householdId', 'number status createdAt'),
  list('passes', 'passes', 'householdId', 'number kind status validFrom validTo holderNameMasked plateMasked'),
  list('mail', 'mailItems', 'householdId', 'number kind status createdAt'),
  list('registrations', 'residentRegistrations', 'householdId', 'number kind status createdAt'),
  list(
    'workOrders',
    'workOrders',
    'householdId',
    `number status receivedAt trade ${code} problem ${code} description contactNameMasked contactPhoneMasked closedAt`,
  ),
  list(
    'complaints',
    'complaints',
    'householdId',
    `number status nature grade receivedAt summary course demand contactNameMasked contactPhoneMasked archivedAt`,
  ),
];
