import type { Stage } from './household-stage.ts';

type Id = { id: string; status: string };
type Defect = { id: string; state: string; workOrderId: string | null };
type SeenMoveIn = Id & { checks: { item: { code: string } }[]; defects: Defect[] };

const moveInFields = 'id status checks { item { code } } defects { id state workOrderId }';

const papers = [
  'OWNER_IDENTITY_CARD',
  'MOVE_IN_NOTICE',
  'PURCHASE_CONTRACT',
  'RESIDENT_REGISTER',
  'MANAGEMENT_AGREEMENT',
];

const readings = [
  { meter: 'WATER', value: '12.5' },
  { meter: 'ELECTRICITY', value: '103' },
  { meter: 'GAS', value: '0.750' },
];

/** What was found wrong with the flat. */
const defective = ['ENTRANCE_DOOR', 'LIGHTING'];

type SeenMovingIn = {
  /** Closing with the two defects open. */
  early: string;
  defects: Defect[];
  responsible: string[];
  repaired: Defect[];
  closed: string;
};

/** What the desk does at a move-in, all but the inspection. */
async function prepareMoveIn({ act, clerk, home, signature, pay }: Stage): Promise<string> {
  const input = { householdId: home.householdId, unitId: home.unitId, applicantKind: 'OWNER' };
  const { id } = await act<Id>(clerk, 'openMoveIn', 'moveIn', input);
  const step = async (name: string, more: object): Promise<Id> => act(clerk, name, 'moveIn', { id, ...more });
  await step('fileMoveInPapers', { papers: papers.map((kindCode) => ({ kindCode })) });
  await step('signMoveInAgreements', await signature());
  const items = { itemCodes: ['KEYS', 'HANDBOOK', 'UTILITY_PLAN'], keyCount: 3 };
  await step('confirmMoveInHandover', { ...items, ...(await signature()) });
  await step('recordMoveInReadings', { readings, ...(await signature()) });
  await step('requestMoveInFee', { startsOn: '2026-03-02' });
  await pay({ aggregateType: 'move-in', aggregateId: id }, 'MANAGEMENT_FEE');
  return id;
}

/** Two defects, repaired by the developer through work-orders, and a second acceptance (A050-A060). */
export async function moveIn(stage: Stage): Promise<SeenMovingIn> {
  const { act, refused, clerk, fitter, graph, platform, repairs, home, signature, settled } = stage;
  const id = await prepareMoveIn(stage);
  const document = `query ($id: ID!) { moveIn(id: $id) { ${moveInFields} } }`;
  const look = async () => (await graph.graphql<{ moveIn: SeenMoveIn }>(clerk, document, { id })).moveIn;
  const items = (await look()).checks.map(({ item: { code } }) =>
    defective.includes(code) ? { code, result: 'FAIL', note: 'not in order' } : { code, result: 'PASS' },
  );
  await act(fitter, 'inspectMoveIn', 'moveIn', { id, items });
  const early = (await refused(clerk, 'closeMoveIn', 'moveIn', { id, ...(await signature()) })).reason;
  await settled();
  const { defects } = await look();
  const responsible: string[] = [];
  for (const { workOrderId } of defects) {
    const repair = { id: workOrderId ?? '', home };
    const asked = 'query ($id: ID!) { workOrder(id: $id) { responsibleParty } }';
    type Order = { workOrder: { responsibleParty: string } };
    responsible.push((await graph.graphql<Order>(clerk, asked, { id: repair.id })).workOrder.responsibleParty);
    await repairs.dispatch(repair);
    await repairs.repair(repair);
    await repairs.accept(repair);
    await repairs.visit(repair, 'SATISFIED');
  }
  await settled();
  const repaired = (await look()).defects;
  for (const { id: defectId } of repaired) {
    await act(fitter, 'recheckMoveInDefect', 'moveIn', { id, defectId, result: 'PASS' });
  }
  await act(clerk, 'appointMoveInReacceptance', 'moveIn', { id, at: '2026-03-04T02:00:00Z' });
  await platform.moveClock({ set: '2026-03-04T02:00:00Z' });
  const again = defective.map((code) => ({ code, result: 'PASS' }));
  await act(fitter, 'reacceptMoveIn', 'moveIn', { id, items: again });
  const { status: closed } = await act<Id>(clerk, 'closeMoveIn', 'moveIn', { id, ...(await signature()) });
  return { early, defects, responsible, repaired, closed };
}

type SeenCustody = { status: string; managementFeeShare: string; patrols: { kind: string; status: string }[] };

/** The flat stands empty for two days, and is walked to (A061, A062). */
export async function lookAfter(stage: Stage): Promise<SeenCustody> {
  const { act, clerk, guard, home, platform, signature } = stage;
  const of = { householdId: home.householdId, unitId: home.unitId };
  const { id } = await act<Id>(clerk, 'registerCustody', 'custody', of);
  await act(clerk, 'signCustodyAgreement', 'custody', { id, ...(await signature()) });
  await act(clerk, 'recordCustodyReading', 'custody', { id, waterM3: '12.6', electricityKwh: '104' });
  await act(clerk, 'startCustody', 'custody', { id });
  await platform.moveClock({ advance: 'P1D' });
  await act(guard, 'recordCustodyPatrol', 'custody', { id, kind: 'WEEKLY' });
  await platform.moveClock({ advance: 'PT20H' });
  const end = { id, waterM3: '12.7', electricityKwh: '106' };
  const seen = 'status managementFeeShare patrols { kind status }';
  return act<SeenCustody>(clerk, 'endCustody', 'custody', end, seen);
}

type SeenDecoration = { refusal: { reason: string; violations: string[] }; permitted: string; passes: number };

/** Papers, terms, agreement, plan and its review, as the desk and maintenance do them. */
async function applyToDecorate(stage: Stage): Promise<string> {
  const { act, clerk, director, fitter, communityId, home, scan, signature } = stage;
  const hours = { workFrom: '08:00:00', workTo: '18:00:00', isAllowedAtWeekend: false };
  const terms = { communityId, ...hours, prohibitions: 'No load-bearing wall is touched.' };
  const { id: termsId } = await act<Id>(director, 'publishDecorationTerms', 'decorationTerms', terms, 'id');
  const firm = { communityId, kind: 'CONTRACTOR', name: 'Fine Fit-out' };
  const { id: contractorId } = await act<Id>(director, 'registerOrganisation', 'organisation', firm, 'id');
  const application = {
    kind: 'DECORATION',
    householdId: home.householdId,
    unitId: home.unitId,
    applicantKind: 'OWNER',
    applicantId: home.personId,
    contractorId,
    description: 'the wall between kitchen and living room goes',
    isStructureChanged: true,
    isLoadIncreased: false,
    plannedFrom: '2026-03-09',
    plannedTo: '2026-04-09',
  };
  const { id } = await act<Id>(clerk, 'registerDecoration', 'decoration', application);
  const step = (name: string, more: object) => act<Id>(clerk, name, 'decoration', { id, ...more });
  const paper = { kindCode: 'OWNER_IDENTITY_CARD', fileId: await scan(clerk, 'PAPER') };
  await step('fileDecorationDocument', paper);
  for (const party of ['OWNER', 'CONTRACTOR']) {
    const { signatureFileId } = await signature();
    await step('acknowledgeDecorationTerms', { party, termsId, signatureFileId, signerName: 'Owner or foreman' });
  }
  const signed = async (signerName: string) => ({ signatureFileId: await scan(clerk, 'SIGNATURE'), signerName });
  const parties = { owner: await signed('Owner 1'), contractor: await signed('Foreman') };
  await step('signDecorationAgreement', { ...parties, agreementFileId: await scan(clerk, 'PAPER') });
  await step('submitDecorationPlan', { planFileIds: [await scan(clerk, 'PAPER')] });
  await act(fitter, 'reviewDecorationPlan', 'decoration', { id, isApproved: true, reason: 'as the rules ask' });
  return id;
}

/** A change of the structure: refused until the authority has allowed it (A083-A086). */
export async function decorate(stage: Stage): Promise<SeenDecoration> {
  const { act, refused, clerk, scan, pay } = stage;
  const id = await applyToDecorate(stage);
  const cause = { aggregateType: 'decoration', aggregateId: id };
  for (const sum of ['DECORATION_WASTE', 'DECORATION_DEPOSIT']) await pay(cause, sum);
  const workers = [{ name: 'Li Si', identityNumber: '110101199003070011', phone: '14200000001' }];
  const permit = { id, validFrom: '2026-03-09', validTo: '2026-04-09', workers };
  const refusal = await refused(clerk, 'issueDecorationPermit', 'decoration', permit);
  await act(clerk, 'recordDecorationAuthorityApproval', 'decoration', {
    id,
    approvalNumber: '2026-0305',
    authorityName: 'Housing authority',
    approvedOn: '2026-03-05',
    fileId: await scan(clerk, 'PAPER'),
  });
  type Permitted = { status: string; passes: { id: string }[] };
  const seen = 'status passes { id }';
  const { status, passes } = await act<Permitted>(clerk, 'issueDecorationPermit', 'decoration', permit, seen);
  return { refusal, permitted: status, passes: passes.length };
}
