import { newId } from '@steward/core';
import { chargeSettled } from '@steward/events';
import { openWire, type Wire } from '@steward/test-kit';

import { demoTenants, type DemoAccount } from '../demo/accounts.ts';
import { smallPicture } from '../demo/small-picture.ts';
import { mutationOf, residentOf, staffOf, type GraphClient } from './graph-client.ts';
import type { Platform } from './platform.ts';
import { repairSteps, type RepairSteps } from './repair-story.ts';
import { directorOf, enterCommunity, enterCompany, giveHomes, hireWorkers, settle, type Home } from './scene.ts';

type Upload = { upload: { fileId: string; uploadUrl: string } };
type Refusal = { reason: string; rule: string | undefined; violations: string[] };

/** A household, those who deal with it, and the ways in which they do. */
export type Stage = {
  platform: Platform;
  graph: GraphClient;
  communityId: string;
  home: Home;
  director: DemoAccount;
  clerk: DemoAccount;
  supervisor: DemoAccount;
  fitter: DemoAccount;
  guard: DemoAccount;
  owner: DemoAccount;
  repairs: RepairSteps;
  /** A mutation that answers `thing`, for a selection of it. */
  act<T>(who: DemoAccount, name: string, thing: string, input: object, selection?: string): Promise<T>;
  /** The refusal of such a mutation. */
  refused(who: DemoAccount, name: string, thing: string, input: object): Promise<Refusal>;
  /** Uploads a picture for a procedure of residents. */
  scan(who: DemoAccount, purpose: 'PHOTO' | 'SIGNATURE' | 'PAPER'): Promise<string>;
  /** The signature of the owner on paper, as the desk brings it. */
  signature(): Promise<{ signatureFileId: string; signerId: string }>;
  /** Billing tells that what a procedure asked for was paid. */
  pay(cause: { aggregateType: string; aggregateId: string }, chargeTypeCode: string): Promise<void>;
  /** Every service has heard of everything. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

const tenantId = demoTenants.a.id;

const payer =
  (wire: Wire, platform: Platform, { communityId, home }: { communityId: string; home: Home }): Stage['pay'] =>
  async (cause, chargeTypeCode) => {
    const chargeId = newId();
    const { now } = await platform.moveClock({ advance: 'PT0S' });
    const debtor = { unitId: home.unitId, householdId: home.householdId };
    const data = {
      chargeId,
      communityId,
      ...debtor,
      chargeTypeCode,
      cause: { service: 'residents', ...cause },
      fee: { amount: 100_000, currency: 'CNY' },
      settledAt: new Date(now).toISOString(),
      receiptNumber: null,
    };
    await wire.send(chargeSettled, { tenantId, communityId, aggregateId: chargeId, at: new Date(now), data });
    await settle(platform);
  };

const scanner =
  (graph: GraphClient, platform: Platform, communityId: string): Stage['scan'] =>
  async (who, purpose) => {
    const content = smallPicture(purpose === 'SIGNATURE' ? 20 : 90);
    const about = { communityId, purpose, fileName: 'scan.png', contentType: 'image/png', bytes: content.byteLength };
    const selection = 'upload { fileId uploadUrl }';
    const { upload } = await graph.mutate<Upload>(who, 'createProcedureUpload', about, selection);
    const put = await fetch(new URL(upload.uploadUrl, platform.gatewayUrl), { method: 'PUT', body: content });
    if (!put.ok) throw new Error(`the scan was not taken: ${put.status}`);
    return upload.fileId;
  };

/** A company with one community, its workers, and a household that is about to move in. */
export async function setStage(platform: Platform, graph: GraphClient): Promise<Stage> {
  const director = directorOf('a');
  await enterCompany(graph, director);
  await graph.mutate(director, 'registerDepartment', { code: 'SECURITY', name: 'Security' }, 'department { id }');
  const { communityId, building } = await enterCommunity(graph, director, 'LIFE');
  const [home] = await giveHomes(graph, director, { communityId, buildings: [building] });
  if (home === undefined) throw new Error('nobody has a home');
  await settle(platform);
  await hireWorkers(graph, director, communityId);
  await settle(platform);
  const wire = await openWire(platform.prefix);
  const clerk = staffOf('clerk', communityId);
  const scan = scanner(graph, platform, communityId);
  const refused: Stage['refused'] = async (who, name, thing, input) => {
    const { errors = [] } = await graph.send(who, mutationOf(name, `${thing} { id }`), { input });
    const { reason = 'NONE', rule, violations = [] } = errors[0]?.extensions ?? {};
    return { reason, rule, violations: violations.map((one) => `${one.reason} ${one.rule ?? '-'}`) };
  };
  return {
    platform,
    graph,
    communityId,
    home,
    director,
    clerk,
    supervisor: staffOf('supervisor', communityId),
    fitter: staffOf('maintenance', communityId),
    guard: staffOf('guard', communityId),
    owner: residentOf(communityId, home.personId),
    repairs: repairSteps(graph, communityId),
    act: async <T>(who: DemoAccount, name: string, thing: string, input: object, selection = 'id status') =>
      (await graph.mutate<Record<string, T>>(who, name, input, `${thing} { ${selection} }`))[thing] as T,
    refused,
    scan,
    signature: async () => ({ signatureFileId: await scan(clerk, 'SIGNATURE'), signerId: home.personId }),
    pay: payer(wire, platform, { communityId, home }),
    settled: () => settle(platform),
    close: () => wire.close(),
  };
}
