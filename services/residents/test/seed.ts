import type { Seeded, SeededRow, ServiceSeed, TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';
import { anActiveCustody } from './custody-fixture.ts';
import { act, anEstate, aScan, permitted, type Estate } from './decoration-fixture.ts';
import { aMoveIn, moveInActs, ownersPapers } from './move-in-fixture.ts';
import { aFile, onPass, staffOf } from './passes-fixture.ts';
import { residentOf } from './procedure-fixture.ts';
import { aHousehold, aPerson, enterPlaces, mutation, unique } from './residents-fixture.ts';
import { made, servicesOf, type Made } from './seed-desk.ts';

async function decorationsOf(service: TestService, estate: Estate): Promise<SeededRow[]> {
  const own = { personId: estate.household.personId };
  const id = await permitted(service, estate);
  const violation = {
    decorationId: id,
    kind: 'WASTE',
    note: '垃圾堆在楼道',
    isStopOrder: false,
    photoFileIds: [await aScan(service, estate, estate.guard, 'PHOTO')],
  };
  const found = await act(service, estate.guard, 'registerDecorationViolation', violation);
  const patrol = await act(service, estate.guard, 'startDecorationInspection', { decorationId: id });
  return [
    { type: 'Decoration', id, own },
    { type: 'DecorationViolation', id: found.id, own },
    { type: 'DecorationInspection', id: patrol.id, own },
    { type: 'DecorationTerms', id: estate.termsId },
  ];
}

async function proceduresOf(service: TestService, estate: Estate): Promise<SeededRow[]> {
  const { clerk, household: home } = estate;
  const own = { personId: home.personId };
  const moveInId = await aMoveIn(service, estate, home);
  const papers = [{ kindCode: ownersPapers[0], fileId: await aFile(service, clerk, estate, 'PAPER') }];
  await moveInActs(service).act(clerk, 'fileMoveInPapers', { id: moveInId, papers });
  const leaving = await aHousehold(service, estate);
  const moveOut = { householdId: leaving.id, unitId: leaving.unitId, leavesOn: '2026-04-01' };
  const custody = await anActiveCustody(service, estate);
  const [building] = await enterPlaces(service, estate, [{ code: unique('B'), kind: 'BUILDING' }]);
  const contact = { contactName: '何经理', contactPhone: '138 0000 2222' };
  const developer = { communityId: estate.communityId, kind: 'DEVELOPER', name: unique('开发商'), ...contact };
  const developerId = await made(service, clerk, 'registerOrganisation', 'organisation', developer);
  const takeover = { communityId: estate.communityId, placeId: building?.place?.id, developerId };
  return [
    { type: 'MoveIn', id: moveInId, own },
    {
      type: 'MoveOut',
      id: await made(service, residentOf(estate, leaving), 'openMoveOut', 'moveOut', moveOut),
      own: { personId: leaving.personId },
    },
    { type: 'Custody', id: custody.id, own: { personId: custody.home.personId } },
    { type: 'Takeover', id: await made(service, clerk, 'openTakeover', 'takeover', takeover) },
    { type: 'Organisation', id: developerId },
  ];
}

async function filesOf(service: TestService, estate: Estate): Promise<SeededRow[]> {
  const { clerk, communityId } = estate;
  const personId = await aPerson(service, estate, { identityNumber: unique('E5555') });
  const fileId = await aFile(service, clerk, estate, 'PAPER');
  const paper = { communityId, kind: 'QUALITY_RECORD', kindCode: 'SERVICE_RECORDS', fileId };
  const setId = await made(service, clerk, 'fileSetDocument', 'fileSet', paper);
  const right = {
    communityId,
    personId,
    role: 'COMMITTEE',
    fileSetKinds: ['QUALITY_RECORD'],
    validTo: '2026-03-04T01:00:00.000Z',
  };
  const contact = { communityId, party: 'CONTRACTOR', duty: '门窗安装', name: '李建国', phone: '138 0000 1111' };
  return [
    { type: 'Person', id: personId, own: { personId }, beyondCommunity: 'persons' },
    { type: 'FileSet', id: setId, own: { personId } },
    {
      type: 'FileInspection',
      id: await made(service, estate.director, 'grantFileInspection', 'fileInspection', right),
      own: { personId },
    },
    { type: 'ContactList', id: await made(service, clerk, 'addContactEntry', 'contactList', contact) },
  ];
}

async function registersOf(service: TestService, estate: Estate): Promise<SeededRow[]> {
  const { clerk, communityId, household: home } = estate;
  const own = { personId: home.personId };
  const leader = staffOf(estate, 'supervisor');
  const mail = {
    communityId,
    kind: 'PARCEL',
    householdId: home.id,
    recipientName: '张伟',
    sender: '顺丰',
    trackingNumber: 'SF142000001',
  };
  const mailId = await made(service, clerk, 'registerMailItem', 'mailItem', mail);
  await made(service, clerk, 'handMailToLeader', 'mailItem', { id: mailId, leaderId: leader.staffId });
  const decided = { id: mailId, disposition: 'DELIVER', instruction: '请联系业主当面签收' };
  await made(service, leader, 'handleMailItem', 'mailItem', decided);
  const now = (await service.now()).getTime();
  const times = { validFrom: new Date(now), validTo: new Date(now + 4 * 3_600_000) };
  const tour = { communityId, kind: 'FILMING', unitId: home.unitId, visitorName: '王芳', visitorCount: 3, ...times };
  const accessId = await made(service, clerk, 'planEscortedAccess', 'escortedAccess', tour);
  const escortId = estate.guard.staffId ?? '';
  await made(service, clerk, 'assignEscort', 'escortedAccess', { id: accessId, escortId });
  const dog = { householdId: home.id, kind: 'DOG', description: '金毛，豆豆' };
  const guest = {
    kind: 'VISITOR',
    holderName: '王芳',
    holderPhone: '138 0000 1111',
    holderCount: 2,
    unitId: home.unitId,
  };
  const pass = await onPass(service, estate.owner, 'requestPass', { householdId: home.id, ...guest });
  const car = { kind: 'VEHICLE', householdId: home.id, plate: '粤B·12345' };
  return [
    { type: 'MailItem', id: mailId, own },
    { type: 'Pass', id: (await onPass(service, clerk, 'requestPass', car)).id, own },
    { type: 'EscortedAccess', id: accessId, own: { staffId: escortId } },
    {
      type: 'ResidentRegistration',
      id: await made(service, estate.owner, 'openResidentRegistration', 'residentRegistration', dog),
      own,
    },
    { type: 'Pass', id: pass.id, own },
  ];
}

async function company(service: TestService): Promise<Seeded> {
  const estate = await anEstate(service);
  const { tenantId, communityId, household, contractorId, clerk } = estate;
  const own = { personId: household.personId };
  const papers = { id: household.id, kindCode: 'OWNER_IDENTITY_CARD' };
  await service.ok(clerk, mutation('fileHouseholdDocument', 'household { id }'), { input: papers });
  const { company: found } = await service.ok<{ company: Made }>(clerk, '{ company { id } }');
  return {
    tenantId,
    communityId,
    rows: [
      { type: 'Company', id: found.id, beyondCommunity: 'company' },
      { type: 'Community', id: communityId },
      { type: 'Household', id: household.id, own },
      { type: 'Unit', id: household.unitId },
      { type: 'Place', id: household.unitId },
      { type: 'Person', id: household.personId, own, beyondCommunity: 'persons' },
      { type: 'Organisation', id: contractorId },
      ...(await decorationsOf(service, estate)),
      ...(await proceduresOf(service, estate)),
      ...(await filesOf(service, estate)),
      ...(await registersOf(service, estate)),
      ...(await servicesOf(service, estate)),
    ],
  };
}

export const seed: ServiceSeed = {
  definition,
  seed: company,
  narrowed: ['requestPass'],
};
