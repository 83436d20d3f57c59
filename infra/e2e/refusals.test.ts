import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';

import { mutationOf, openGraph, staffOf, type Answer, type GraphClient, type Sending } from './graph-client.ts';
import { startPlatform, type Platform } from './platform.ts';
import { repairSteps } from './repair-story.ts';
import { brokenDoor, directorOf, enterCommunity, enterCompany, giveHomes, hireWorkers, settle } from './scene.ts';

const languages = ['zh-CN', 'en'] as const;

const director = directorOf('a');
const foreigner = directorOf('b');

let platform: Platform;
let graph: GraphClient;

/** Orders that no test changes: each refusal leaves them as they are. */
let received: string;
let completed: string;
let communityId: string;

beforeAll(async () => {
  platform = await startPlatform({ servers: 'shared', isMulti: false, startsAt: '2026-03-06T14:00:00Z' });
  graph = openGraph(platform);
  await enterCompany(graph, director);
  await enterCompany(graph, foreigner);
  const entered = await enterCommunity(graph, director, 'A');
  communityId = entered.communityId;
  const [home] = await giveHomes(graph, director, { communityId, buildings: [entered.building] });
  if (home === undefined) throw new Error('nobody has a home');
  await settle(platform);
  await hireWorkers(graph, director, communityId);
  await settle(platform);
  const register = async (): Promise<string> => {
    type Entered = { workOrder: { id: string } };
    const input = brokenDoor(communityId, home);
    return (await graph.mutate<Entered>(director, 'registerWorkOrder', input, 'workOrder { id }')).workOrder.id;
  };
  [received, completed] = [await register(), await register()];
  const steps = repairSteps(graph, communityId);
  await steps.dispatch({ id: completed, home });
  await steps.repair({ id: completed, home });
}, 60_000);

afterAll(() => platform?.stop());

type Refused = { code: string; reason: string; rule?: string; path?: string };

/** Typed alike in both languages, with words in the language that was asked for. */
async function expectRefusal(send: (sending: Sending) => Promise<Answer<unknown>>, expected: Refused): Promise<void> {
  for (const language of languages) {
    const { data, errors = [] } = await send({ language });
    const [{ message, extensions } = { message: '', extensions: { code: 'none', reason: 'none' } }] = errors;
    const { code, reason, rule, violations = [] } = extensions;
    const path = violations.find((violation) => violation.reason === reason)?.path;
    expect({ code, reason, ...(rule && { rule }), ...(path && { path }) }).toEqual(expected);
    expect(errors).toHaveLength(1);
    expect(/\p{Script=Han}/u.test(message)).toBe(language === 'zh-CN');
    expect(message).not.toContain(reason);
    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
  }
}

const refusedMutation =
  (name: string, input: () => object, who = director) =>
  (sending: Sending): Promise<Answer<unknown>> =>
    graph.send(who, mutationOf(name, 'workOrder { id }'), { input: input() }, sending);

async function versionOf(id: string): Promise<number> {
  const document = 'query ($id: ID!) { workOrder(id: $id) { version } }';
  return (await graph.graphql<{ workOrder: { version: number } }>(director, document, { id })).workOrder.version;
}

describe('the gateway refuses, in Chinese and in English,', () => {
  test('a token that nobody signed', async () => {
    await expectRefusal((sending) => graph.send(director, '{ me { actor } }', {}, { ...sending, token: 'rubbish' }), {
      code: 'UNAUTHENTICATED',
      reason: 'TOKEN_INVALID',
    });
  });

  test("another company's order, as if it did not exist", async () => {
    const found = await graph.graphql(foreigner, 'query ($id: ID!) { workOrder(id: $id) { id } }', { id: received });
    expect(found).toEqual({ workOrder: null });
    const version = await versionOf(received);
    const foreign = refusedMutation('dispatchWorkOrder', () => ({ id: received }), foreigner);
    await expectRefusal(foreign, { code: 'NOT_FOUND', reason: 'NOT_FOUND' });
    const absent = refusedMutation('dispatchWorkOrder', () => ({ id: newId() }), foreigner);
    await expectRefusal(absent, { code: 'NOT_FOUND', reason: 'NOT_FOUND' });
    expect(await versionOf(received)).toBe(version);
  });

  test('a step that the state of the order does not allow', async () => {
    const version = await versionOf(received);
    const arrive = refusedMutation('arriveOnSite', () => ({ id: received }));
    await expectRefusal(arrive, { code: 'CONFLICT', reason: 'ILLEGAL_TRANSITION', rule: 'A068' });
    expect(await versionOf(received)).toBe(version);
  });

  test('an idempotency key that was used for something else', async () => {
    const idempotencyKey = newId();
    const urge = (id: string): object => ({ id, idempotencyKey });
    await graph.mutate(director, 'urgeWorkOrder', urge(received), 'workOrder { id }');
    await expectRefusal(
      refusedMutation('urgeWorkOrder', () => urge(completed)),
      {
        code: 'CONFLICT',
        reason: 'IDEMPOTENCY_KEY_REUSED',
        path: 'input.idempotencyKey',
      },
    );
  });

  test('a change of a version that is no longer the last', async () => {
    const version = await versionOf(completed);
    const stale = (): object => ({ id: completed, isPassed: true, expectedVersion: version - 1 });
    await expectRefusal(refusedMutation('recordWorkOrderWaterTest', stale), {
      code: 'CONFLICT',
      reason: 'STALE_VERSION',
    });
    expect(await versionOf(completed)).toBe(version);
  });

  test('an acceptance without the signature of the household', async () => {
    const version = await versionOf(completed);
    await expectRefusal(
      refusedMutation('acceptWorkOrder', () => ({ id: completed })),
      {
        code: 'BAD_USER_INPUT',
        reason: 'SIGNATURE_REQUIRED',
        rule: 'A110',
        path: 'input.signatureFileId',
      },
    );
    expect(await versionOf(completed)).toBe(version);
  });

  test('a command that is not up to the role', async () => {
    const guard = staffOf('guard', communityId);
    await expectRefusal(
      refusedMutation('dispatchWorkOrder', () => ({ id: received }), guard),
      {
        code: 'FORBIDDEN',
        reason: 'ACCESS_DENIED',
      },
    );
  });
});
