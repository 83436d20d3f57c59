import { isDeepStrictEqual } from 'node:util';

import { newId } from '@steward/core';

import type { SeededRandom } from '../demo/seeded-random.ts';
import { askAtOnce, carryOutAll, countRefusals, type MoveInput, type Outcome } from './ask-moves.ts';
import type { Counter } from './counter.ts';
import { apply, nextMove, type CommunityModel } from './ledger-model.ts';
import type { LedgerProof, LedgerProofResult } from './prove-ledger.ts';
import { counterTurn } from './run-counter.ts';
import type { ServiceProcess } from './service-process.ts';

export type Rig = {
  proof: LedgerProof;
  service: ServiceProcess;
  random: SeededRandom;
  models: CommunityModel[];
  counter: Counter;
  result: LedgerProofResult;
};

const workers = 8;
/** Operations of one request. */
const together = 8;

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
  const movedOf = (some: readonly Outcome[]) => some.flatMap(({ moved }) => (moved === null ? [] : [moved]));
  // What is refused keeps no key: a repetition that waited for it is judged anew, and may be allowed by then.
  const same = movedOf(outcomes.slice(0, times));
  const rivals = outcomes.slice(times);
  const { kind } = input.move;
  if (same.some((moved) => !isDeepStrictEqual(moved, same[0])))
    result.faults.push(`${kind}: one key had different answers`);
  const effects = [...same.slice(0, 1), ...movedOf(rivals)];
  if (rivals.length > 0 && effects.length > 1) result.faults.push(`${kind}: what was submitted twice had two effects`);
  countRefusals(result, kind, outcomes);
  for (const moved of effects) apply(model, input.move, moved);
  result.moved += effects.length;
  result.repeated += outcomes.length - 1;
  result.operations += 1;
}

/** Several operations at once, and what came of them. */
async function turn(rig: Rig, count: number): Promise<void> {
  const operations = Array.from({ length: count }, () => nextOperation(rig));
  const outcomes = await askAtOnce(operations.map(asked), (inputs) => carryOutAll(rig.service, inputs));
  operations.forEach((operation, index) => take(rig, operation, outcomes[index] ?? []));
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
      const done = rig.random.chance(proof.counterShare) ? counterTurn(rig, count) : turn(rig, count);
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
