import { isDeepStrictEqual } from 'node:util';

import { newId } from '@steward/core';

import type { SeededRandom } from '../demo/seeded-random.ts';
import { carryOutAll, type MoveInput, type Outcome } from './ask-moves.ts';
import { apply, nextMove, type CommunityModel } from './ledger-model.ts';
import type { LedgerProof, LedgerProofResult } from './prove-ledger.ts';
import type { ServiceProcess } from './service-process.ts';

export type Rig = {
  proof: LedgerProof;
  service: ServiceProcess;
  random: SeededRandom;
  models: CommunityModel[];
  result: LedgerProofResult;
};

const workers = 8;
/** Operations of one request. */
const together = 8;
const lanes = 4;

/** What is asked for once, several times with one key, or also with a key of its own. */
type Operation = { model: CommunityModel; input: MoveInput; times: number; rival: MoveInput | null };

/** Mostly once, sometimes several times at once with one key, a reversal also with two keys. */
function nextOperation({ random, models }: Rig): Operation {
  const model = random.pick(models);
  const move = nextMove(model, random);
  const times = random.chance(0.1) ? random.int(2, 3) : 1;
  const hasRival = move.kind === 'reverse' || move.kind === 'void' ? random.chance(0.5) : false;
  const input = { communityId: model.id, idempotencyKey: newId(), move };
  return { model, input, times, rival: hasRival ? { ...input, idempotencyKey: newId() } : null };
}

const asked = ({ input, times, rival }: Operation): MoveInput[] => [
  ...Array.from({ length: times }, () => input),
  ...(rival === null ? [] : [rival]),
];

/** Takes the answers of one operation into what must be in the books. */
function take({ result }: Rig, { model, input, times }: Operation, outcomes: readonly Outcome[]): void {
  const same = outcomes.slice(0, times);
  const rivals = outcomes.slice(times);
  const { kind } = input.move;
  if (same.some(({ moved }) => !isDeepStrictEqual(moved, same[0]?.moved)))
    result.faults.push(`${kind}: one key had different answers`);
  const effects = [...same.slice(0, 1), ...rivals].flatMap(({ moved }) => (moved === null ? [] : [moved]));
  if (rivals.length > 0 && effects.length > 1) result.faults.push(`${kind}: what was submitted twice had two effects`);
  for (const { moved, reason } of outcomes)
    if (moved === null) result.refused[reason] = (result.refused[reason] ?? 0) + 1;
  for (const moved of effects) apply(model, input.move, moved);
  result.moved += effects.length;
  result.repeated += outcomes.length - 1;
  result.operations += 1;
}

/** Several operations in as many requests at once as one of them is asked for; the repeated ones begin, and so meet. */
async function turn(rig: Rig, count: number): Promise<void> {
  const operations = Array.from({ length: count }, () => nextOperation(rig)).toSorted(
    (one, other) => asked(other).length - asked(one).length,
  );
  const places = operations.map(asked);
  const answers = await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      carryOutAll(
        rig.service,
        places.flatMap((inputs) => inputs.slice(lane, lane + 1)),
      ),
    ),
  );
  operations.forEach((operation, index) => {
    const outcomes = (places[index] ?? []).map((_input, lane) => answers[lane]?.[index] as Outcome);
    take(rig, operation, outcomes);
  });
}

/** When something is killed: spread evenly over the operations. */
function killsAt(operations: number, kills: number, offset: number): number[] {
  const every = operations / (kills + 1);
  return Array.from({ length: kills }, (_, index) => Math.round(every * (index + 1)) + offset);
}

/** All operations by several at once, with the kills on the way. */
export async function runAll(rig: Rig): Promise<void> {
  const { proof, result } = rig;
  const service = killsAt(proof.count, proof.serviceKills, 0);
  const database = proof.crashDatabase === undefined ? [] : killsAt(proof.count, proof.databaseKills, 5);
  let begun = 0;
  let killing: Promise<void> = Promise.resolve();
  const isDue = (kills: number[]): boolean =>
    (kills[0] ?? Number.POSITIVE_INFINITY) <= begun && kills.shift() !== undefined;
  const work = async (): Promise<void> => {
    while (begun < proof.count) {
      const count = Math.min(together, proof.count - begun);
      begun += count;
      const isServiceDue = isDue(service);
      const isDatabaseDue = isDue(database);
      const done = turn(rig, count);
      // While the requests are under way.
      if (isServiceDue) {
        result.kills.service += 1;
        killing = killing.then(() => rig.service.crash());
      }
      if (isDatabaseDue) {
        result.kills.database += 1;
        killing = killing.then(() => proof.crashDatabase?.());
      }
      await done;
      if (begun % 1_000 < together) proof.say?.(`${begun} operations, ${result.moved} moved money`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await killing;
}
