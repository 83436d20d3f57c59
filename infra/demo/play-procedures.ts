import { derivedKey } from '../import/derived-key.ts';
import type { GatewayClient } from '../import/gateway-client.ts';
import { ImportError } from '../import/import-error.ts';
import { demoAccounts } from './accounts.ts';
import type { CommunityPlan } from './communities.ts';
import { tellComplaints } from './complaint-stories.ts';
import type { DemoSession } from './demo-session.ts';
import type { Estate } from './estate.ts';
import type { Neighbourhood } from './households.ts';
import { inParallel } from './in-parallel.ts';
import { operations } from './operations.ts';
import { onceHeard } from './play-story.ts';
import { tellProcedures, type DemoStep, type ProcedureStory, type StepContext } from './procedure-stories.ts';
import { smallPicture } from './small-picture.ts';

type Stage = { director: GatewayClient; estate: Estate; neighbourhood: Neighbourhood; begunAt: Date };

/** Stories played at once, as for work orders. */
const storiesAtOnce = 6;

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The document of a step: what it changed, and of a complaint its contact forms. */
export const procedureStep = ({ mutation, thing }: Pick<DemoStep, 'mutation' | 'thing'>): string => {
  const selection = thing === 'complaint' ? 'id contactForms { id }' : 'id';
  const input = `${capital(mutation)}Input`;
  return `mutation Demo${capital(mutation)}($input: ${input}!) { ${mutation}(input: $input) { ${thing} { ${selection} } } }`;
};

const dayMs = 86_400_000;

async function upload(
  session: DemoSession,
  desk: GatewayClient,
  { communityId, purpose }: { communityId: string; purpose: 'SIGNATURE' | 'PAPER' },
): Promise<string> {
  const content = smallPicture(purpose === 'SIGNATURE' ? 20 : 120);
  const about = { communityId, purpose, fileName: '扫描件.png', contentType: 'image/png', bytes: content.byteLength };
  type Created = { createProcedureUpload: { upload: { fileId: string; uploadUrl: string } } };
  const { createProcedureUpload } = await desk<Created>(operations.createProcedureUpload, { input: about });
  await session.put(createProcedureUpload.upload.uploadUrl, content);
  return createProcedureUpload.upload.fileId;
}

/** A step that was taken before, with pictures of then: the story stays where it stood when the demo was cut off. */
function unlessPlayed(error: unknown): null {
  if (error instanceof ImportError && error.refusals.includes('IDEMPOTENCY_KEY_REUSED')) return null;
  throw error;
}

type Cast = { desk: GatewayClient; head: GatewayClient; context: Omit<StepContext, 'last'>; communityId: string };

/** Plays a story to its end; each step has a key of its own, so that a demo that was cut off goes on where it stood. */
async function play({ desk, head, context, communityId }: Cast, { name, steps }: ProcedureStory): Promise<void> {
  let last: StepContext['last'] = { id: '' };
  for (const [index, step] of steps.entries()) {
    const idempotencyKey = derivedKey('demo', communityId, name, step.mutation, index);
    const client = step.by === 'desk' ? desk : head;
    const input = { idempotencyKey, ...step.input({ ...context, last }) };
    type Answer = Record<string, Record<string, StepContext['last']>>;
    const call = () => onceHeard(() => client<Answer>(procedureStep(step), { input }));
    const answer = await call().catch(unlessPlayed);
    if (answer === null) return;
    last = answer[step.mutation]?.[step.thing] ?? last;
  }
}

/** Plays what stands open at the desk, and complaints in every state, unless they are all there. */
export async function playProcedures(
  session: DemoSession,
  plan: CommunityPlan,
  { director, estate, neighbourhood, begunAt }: Stage,
  tell: (line: string) => void,
): Promise<void> {
  const communityId = plan.community.id;
  const complaints = tellComplaints(plan, neighbourhood);
  const procedures = tellProcedures(plan, estate, neighbourhood);
  const clerk = demoAccounts.find(({ tenant, role }) => tenant === plan.community.tenant && role === 'clerk');
  if (clerk === undefined || complaints.length === 0) return;
  type Counted = { complaints: { totalCount: number } };
  const counted = await onceHeard(() => director<Counted>(operations.complaintCount, { communityId }));
  if (counted.complaints.totalCount >= complaints.length) return;
  const desk = session.as(clerk);
  const at = (ms: number): string => new Date(begunAt.getTime() + ms).toISOString();
  const context = {
    signatureFileId: await upload(session, desk, { communityId, purpose: 'SIGNATURE' }),
    paperFileId: await upload(session, desk, { communityId, purpose: 'PAPER' }),
    day: (after: number) => at(after * dayMs).slice(0, 10),
    at: (hours: number) => at(hours * 3_600_000),
  };
  const cast = { desk, head: director, context, communityId };
  // Complaints last: their number says whether all of it is there.
  await inParallel(procedures, storiesAtOnce, (story) => play(cast, story));
  await inParallel(complaints, storiesAtOnce, (story) => play(cast, story));
  tell(`${plan.community.name}: ${procedures.length} procedures, ${complaints.length} complaints`);
}
