import type { FoundRecord } from './found-record.ts';
import type { Change, TestFiles } from './judge-mutant.ts';
import type { Bench } from './mutation-bench.ts';

/** A place in a policy file and what is the matter with it. */
export type Place = { file: string; line: number; rule: string; change: string };

export const describePlace = ({ file, line, rule, change }: Place): string => `${file}:${line}  ${rule}  ${change}`;

export type PlacedChange = Change & Place;

/** What a run of changes needs. */
type Trial = {
  benches: readonly Bench[];
  testFiles: Map<string, TestFiles>;
  record: FoundRecord;
  note: (line: string) => void;
};

/** All changes on the tests that need no server; what they leave, on the others, which take a hundred times as long. */
export async function survivors(trial: Trial, changes: readonly PlacedChange[]): Promise<Place[]> {
  const { benches, testFiles, note } = trial;
  const filesOf = (rule = ''): TestFiles => testFiles.get(rule) ?? { pure: [], others: [] };
  const left = await sift(trial, batchesOf(changes), 'without servers', (bench, batch) =>
    judgeBy(filesOf(batch[0]?.rule).pure, batch, (some, file) => bench.foundWithoutServers(some, [file])),
  );
  const slow = left.filter(({ rule }) => filesOf(rule).others.length > 0).map(({ rule }) => rule);
  const seconds = await benches[0]?.runUnchanged(
    [...new Set(slow)],
    [...new Set(slow.flatMap((rule) => filesOf(rule).others))],
  );
  const took = (file: string): number => seconds?.get(file) ?? 0;
  const alone = left.map((change) => [change]);
  const survived = await sift(trial, alone, 'with servers', async (bench, batch) => {
    const files = filesOf(batch[0]?.rule).others.toSorted((one, other) => took(one) - took(other));
    const found = await judgeBy(files, batch, (some, file) => bench.foundWithServers(some, [file]));
    for (const change of batch) if (!found.has(change)) note(`SURVIVED  ${describePlace(change)}`);
    return found;
  });
  return survived.map(({ file, line, rule, change }) => ({ file, line, rule, change }));
}

const batchSize = 20;

/** Changes of one rule together: they are judged by the same tests. */
function batchesOf(changes: readonly PlacedChange[]): PlacedChange[][] {
  const batches: PlacedChange[][] = [];
  const open = new Map<string, PlacedChange[]>();
  for (const change of changes) {
    let batch = open.get(change.rule);
    if (batch === undefined || batch.length === batchSize) batches.push((batch = []));
    open.set(change.rule, batch);
    batch.push(change);
  }
  return batches;
}

/** Each change that was found, with the test file that found it. */
type Found = Map<PlacedChange, string>;

/** One file after the other, for as long as changes are left. */
async function judgeBy(
  files: readonly string[],
  batch: readonly PlacedChange[],
  find: (changes: readonly PlacedChange[], file: string) => Promise<PlacedChange[]>,
): Promise<Found> {
  const found: Found = new Map();
  for (const file of files) {
    const left = batch.filter((change) => !found.has(change));
    if (left.length === 0) break;
    for (const change of await find(left, file)) found.set(change, file);
  }
  return found;
}

/** What `judge` leaves of the changes, in their order. */
async function sift(
  { benches, record, note }: Trial,
  batches: readonly (readonly PlacedChange[])[],
  how: string,
  judge: (bench: Bench, batch: readonly PlacedChange[]) => Promise<Found>,
): Promise<PlacedChange[]> {
  const left = new Set(batches.flat());
  const queue = batches.values();
  const total = left.size;
  let tried = 0;
  const work = async (bench: Bench): Promise<void> => {
    for (const batch of queue) {
      for (const [change, testFile] of await judge(bench, batch)) {
        record.add(change, testFile);
        left.delete(change);
      }
      tried += batch.length;
      note(`${how}: ${tried} of ${total} changes tried, ${total - left.size} found`);
    }
  };
  await Promise.all(benches.map(work));
  return [...left];
}
