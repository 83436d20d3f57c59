/**
 * What the services hold of a person, a line for each list: where the graph has it, and by which filter. A service that
 * begins to hold something of persons adds its list here, and nothing else; a test names lists that are missing.
 */
export type Section = {
  /** Name in the export. */
  name: string;
  /** The root field that lists it. */
  root: string;
  /** Whether it is asked for the person, for each household of theirs, or for each account of either. */
  of: 'person' | 'household' | 'account';
  /** `$id` is the person's, the household's or the account's id; `$after` the cursor. */
  query: string;
  /** What of a row is theirs, where a row tells of others as well. */
  ofTheirs?: (row: object, id: string) => object;
};

const page = 'pageInfo { hasNextPage endCursor }';

const list = (of: Section['of'], name: string, [root, filter]: [string, string], nodes: string): Section => ({
  name,
  root,
  of,
  query: `query ExportOfPerson($id: ID!, $after: String) {
    ${root}(first: 25, after: $after, filter: { ${filter}: $id }) { nodes { ${nodes} } ${page} } }`,
});

const code = '{ code label }';
const money = '{ amount currency }';
const signatures = 'signatures { role signedAt }';
const defects = `defects { item ${code} state note foundAt recheckedAt }`;

const inResidents: readonly Section[] = [
  list('person', 'erasures', ['personErasures', 'personId'], 'number status reason createdAt decidedAt note'),
  list('person', 'cards', ['membershipCards', 'personId'], 'number tier status issuedAt validTo profile'),
  list(
    'person',
    'rightsToReadFiles',
    ['fileInspections', 'personId'],
    `number role fileSetKinds createdAt validTo endedAt endReason ${code}`,
  ),
  list(
    'household',
    'moveIns',
    ['moveIns', 'householdId'],
    `number status applicantKind createdAt closedAt papers { kind ${code} receivedAt }
     readings { meter value { value unit } } ${defects} ${signatures}`,
  ),
  list(
    'household',
    'moveOuts',
    ['moveOuts', 'householdId'],
    `number status leavesOn createdAt closedAt readings { meter value { value unit } } ${signatures}`,
  ),
  list(
    'household',
    'custodies',
    ['custodies', 'householdId'],
    `number status startsOn endsOn patrols { kind status patrolledAt findings ${code} note } ${signatures}`,
  ),
  list(
    'household',
    'decorations',
    ['decorations', 'householdId'],
    `number kind status description plannedFrom plannedTo planReason permitNumber createdAt closedAt
     completionChecks { findings } ${signatures}`,
  ),
  list(
    'household',
    'passes',
    ['passes', 'householdId'],
    'number kind status validFrom validTo holderName holderPhoneMasked plate usedAt',
  ),
  list(
    'household',
    'mail',
    ['mailItems', 'householdId'],
    'number kind status createdAt recipientName sender trackingNumber instruction collectedAt',
  ),
  list(
    'household',
    'registrations',
    ['residentRegistrations', 'householdId'],
    `number kind status description certificateNumber validTo createdAt documents { kind ${code} receivedAt }`,
  ),
  list(
    'household',
    'visitsToKeyAccount',
    ['keyAccountVisits', 'householdId'],
    'number status outcome means opinion visitedAt',
  ),
  list(
    'household',
    'mandates',
    ['rentalMandates', 'householdId'],
    `number kind status asking ${money} validTo signedAt agreed ${money} commission ${money}`,
  ),
  list(
    'household',
    'invoiceApplications',
    ['invoiceApplications', 'householdId'],
    `number kind status title taxNumber registeredAddress bankAccount total ${money} invoiceNumber issuedAt`,
  ),
];

const order = `number status receivedAt trade ${code} problem ${code} description contactName contactPhone
  contactNameMasked contactPhoneMasked completionNote opinion opinionRating remarks { madeAt text }
  returnVisits { visitedAt outcome opinion } signers { role name } closedAt`;
const complaint = `number status nature grade receivedAt summary course demand locationText contactName contactPhone
  contactNameMasked contactPhoneMasked help result remarks { madeAt text } returnVisits { visitedAt outcome opinion }
  archivedAt`;

const inRequests: readonly Section[] = [
  list('person', 'ordersRequested', ['workOrders', 'requesterId'], order),
  list('household', 'workOrders', ['workOrders', 'householdId'], order),
  list('person', 'complaintsMade', ['complaints', 'complainantId'], complaint),
  list('household', 'complaints', ['complaints', 'householdId'], complaint),
];

const account = `id number partyKind outstanding ${money} advance ${money}`;

const inBilling: readonly Section[] = [
  list('person', 'accounts', ['billingAccounts', 'partyId'], account),
  list('household', 'accountsOfHouseholds', ['billingAccounts', 'householdId'], account),
  list(
    'account',
    'charges',
    ['charges', 'billingAccountId'],
    `number status chargeType ${code} amount ${money} occurredOn dueOn settledAt receiptNumber`,
  ),
  list(
    'account',
    'payments',
    ['payments', 'billingAccountId'],
    `number status means amount ${money} reference receivedAt receipt { number }
     invoiceRequests { status title taxNumber invoiceNumber }`,
  ),
  list(
    'account',
    'collectionsAtDoor',
    ['doorCollections', 'billingAccountId'],
    `number status appointmentAt amount ${money} contactName contactNameMasked cameAt`,
  ),
  list(
    'account',
    'refunds',
    ['refunds', 'billingAccountId'],
    `number status amount ${money} means reason ${code} paidAt`,
  ),
  list(
    'account',
    'chargeRequests',
    ['chargeRequests', 'billingAccountId'],
    `number status chargeType ${code} amount ${money} periodFrom periodTo reason ${code} explanation decidedAt`,
  ),
  list(
    'account',
    'waivers',
    ['waivers', 'billingAccountId'],
    `number status chargeType ${code} amount ${money} reason ${code} explanation decidedAt reversedAt`,
  ),
  list(
    'account',
    'dunning',
    ['dunningCases', 'billingAccountId'],
    `number status listedOn listedAmount ${money} settledAt steps { kind channel occurredAt note }`,
  ),
  list(
    'account',
    'paymentsOnline',
    ['providerPayments', 'billingAccountId'],
    `number status amount ${money} createdAt paidAt`,
  ),
];

type Visits = { visits: { household: { id: string } | null }[] };
const visitsOf = (plan: object, id: string): object => {
  const { visits, ...about } = plan as Visits;
  return { ...about, visits: visits.filter(({ household }) => household?.id === id) };
};

const inCommunityEvents: readonly Section[] = [
  list(
    'household',
    'activities',
    ['activityRegistrations', 'householdId'],
    `number status participantCount contactName contactNameMasked contactPhone contactPhoneMasked
     createdAt checkedInAt cancelledAt activity { number theme }`,
  ),
  {
    ...list(
      'household',
      'visits',
      ['visitPlans', 'householdId'],
      'number month visits { household { id } visitedAt opinion }',
    ),
    ofTheirs: visitsOf,
  },
  list(
    'household',
    'surveys',
    ['surveys', 'householdId'],
    `number kind title isAnonymous issuedAt questions { number text choices }
     answersOf(householdId: $id) { questionNumber rating choice text }`,
  ),
];

export const sections: readonly Section[] = [...inResidents, ...inRequests, ...inBilling, ...inCommunityEvents];
