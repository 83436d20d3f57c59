import type { Role } from '@steward/auth';

import type { GatewayClient } from '../import/gateway-client.ts';
import { demoAccounts, type DemoAccount } from './accounts.ts';
import type { CommunityPlan } from './communities.ts';
import { staffAccount, type DemoSession } from './demo-session.ts';
import { inParallel } from './in-parallel.ts';
import { operations } from './operations.ts';
import { onceHeard, playStory, type Cast } from './play-story.ts';
import { smallPicture } from './small-picture.ts';
import type { StaffRow } from './staff.ts';
import { tellStories, type Setting } from './work-order-stories.ts';

type Stage = Setting & { director: GatewayClient; staff: readonly StaffRow[]; begunAt: Date };

/** Stories played at once: the platform has two cores of a small machine in mind. */
const storiesAtOnce = 6;

/** How far back the night sheets of a demo reach, and how far they usually do. */
const historyHours = 24 * 100;
const usualHours = 24;

async function allowBackdating(stage: Stage, communityId: string, hours: number): Promise<void> {
  const reason = hours === usualHours ? 'demo data is loaded' : 'demo data: three months of history are entered';
  const input = { communityId, policy: 'work', key: 'backdatingHours', value: hours, reason };
  await onceHeard(() => stage.director(operations.setWorkOrderPolicy, { input }));
}

async function upload(
  session: DemoSession,
  client: GatewayClient,
  file: { communityId: string; purpose: 'PHOTO' | 'SIGNATURE'; fileName: string; brightness: number },
): Promise<string> {
  const { brightness, ...about } = file;
  const content = smallPicture(brightness);
  const input = { ...about, contentType: 'image/png', bytes: content.byteLength };
  type Created = { createWorkOrderUpload: { upload: { fileId: string; uploadUrl: string } } };
  const { createWorkOrderUpload } = await onceHeard(() => client<Created>(operations.createUpload, { input }));
  await session.put(createWorkOrderUpload.upload.uploadUrl, content);
  return createWorkOrderUpload.upload.fileId;
}

function accountOf(plan: CommunityPlan, row: StaffRow): DemoAccount {
  const known = demoAccounts.find(({ claims }) => claims.staffId === row.id);
  if (known !== undefined) return known;
  const post = row.posts[0];
  const role: Role = post?.departmentCode === 'ENVIRONMENT' ? 'environment' : 'maintenance';
  return staffAccount(plan.community.tenant, {
    staffId: row.id,
    role,
    name: row.name,
    communityId: plan.community.id,
    departments: row.posts.map(({ departmentCode }) => departmentCode),
  });
}

async function castOf(session: DemoSession, plan: CommunityPlan, stage: Stage): Promise<Cast> {
  const communityId = plan.community.id;
  const workers = new Map<string, ReturnType<Cast['worker']>>();
  const call = async (staffId: string): ReturnType<Cast['worker']> => {
    const row = stage.staff.find(({ id }) => id === staffId);
    if (row === undefined) throw new Error(`nobody is hired as ${staffId}`);
    const client = session.as(accountOf(plan, row));
    const photo = { communityId, purpose: 'PHOTO', fileName: '维修完成.png', brightness: 90 } as const;
    return { client, photoFileId: await upload(session, client, photo) };
  };
  const signature = { communityId, purpose: 'SIGNATURE', fileName: '住户签名.png', brightness: 20 } as const;
  return {
    communityId,
    desk: stage.director,
    begunAt: stage.begunAt,
    signatureFileId: await upload(session, stage.director, signature),
    worker: (staffId) => {
      const known = workers.get(staffId) ?? call(staffId);
      workers.set(staffId, known);
      return known;
    },
  };
}

/** Plays three months of work orders, unless they are all there. */
export async function playWorkOrders(
  session: DemoSession,
  plan: CommunityPlan,
  stage: Stage,
  tell: (line: string) => void,
): Promise<void> {
  const communityId = plan.community.id;
  type Counted = { workOrders: { totalCount: number } };
  const { workOrders } = await stage.director<Counted>(operations.workOrderCount, { communityId });
  if (workOrders.totalCount >= plan.workOrders) return;
  const stories = tellStories(plan, stage, stage.begunAt);
  await allowBackdating(stage, communityId, historyHours);
  const cast = await castOf(session, plan, stage);
  let played = 0;
  await inParallel(stories, storiesAtOnce, async (story) => {
    await playStory(cast, story);
    played += 1;
    if (played % 60 === 0) tell(`${plan.community.name}: ${played} of ${stories.length} work orders`);
  });
  await allowBackdating(stage, communityId, usualHours);
  tell(`${plan.community.name}: ${stories.length} work orders`);
}
