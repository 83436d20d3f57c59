import { LRUCache } from 'lru-cache';

/** What Apollo's server (documents) and query planner (plans) ask of a cache. */
export type OperationCache<V> = {
  get(key: string): Promise<V | undefined>;
  set(key: string, value: V): Promise<void>;
  delete(key: string): Promise<boolean>;
  clear(): void;
};

type Options<V> = {
  knownBytes: number;
  newBytes: number;
  /** About how much memory an entry takes. */
  bytesOf: (value: V) => number;
  /** Entries that no others push out, and how much they may take among themselves. */
  isKept?: (key: string) => boolean;
  keptBytes?: number;
};

type Entry<V> = { value: V; bytes: number; uses: number };

/** More uses than these make nobody safer, so that what is out of use goes in the end. */
const MOST_USES = 64;

/**
 * A bounded cache that a flood of operations can neither grow nor empty: an entry stays among the new ones, which push
 * each other out, until it is asked for again. Only then does it come to the known ones, and only if it was asked for
 * no less than those whose room it takes.
 */
export function createOperationCache<V extends object>(options: Options<V>): OperationCache<V> {
  const { bytesOf, isKept = () => false } = options;
  const segment = (maxSize: number): LRUCache<string, Entry<V>> =>
    new LRUCache({ maxSize, sizeCalculation: ({ bytes }) => bytes });
  const known = segment(options.knownBytes);
  const fresh = segment(options.newBytes);
  const kept = segment(options.keptBytes ?? 1);
  return {
    get: async (key) => {
      const held = kept.get(key) ?? known.get(key) ?? fresh.get(key);
      if (held === undefined) return undefined;
      held.uses = Math.min(held.uses + 1, MOST_USES);
      if (fresh.peek(key) === held && hasRoom(known, held)) {
        fresh.delete(key);
        known.set(key, held);
      }
      return held.value;
    },
    set: async (key, value) => {
      const entry = { value, bytes: key.length + Math.max(1, bytesOf(value)), uses: 0 };
      if (isKept(key)) {
        // What is no longer to be kept goes when something new is.
        for (const old of kept.keys()) if (!isKept(old)) kept.delete(old);
        kept.set(key, entry);
      } else if (known.has(key)) known.set(key, entry);
      else fresh.set(key, entry);
    },
    delete: async (key) => kept.delete(key) || known.delete(key) || fresh.delete(key),
    clear: () => {
      kept.clear();
      known.clear();
      fresh.clear();
    },
  };
}

/**
 * Whether there is room for an entry beside those that are asked for more than it is. One that stands in its way stays
 * and counts as used once less, so that what nobody asks for any more makes room in the end.
 */
function hasRoom<V>(known: LRUCache<string, Entry<V>>, entry: Entry<V>): boolean {
  let free = known.maxSize - known.calculatedSize;
  for (const key of known.rkeys()) {
    if (free >= entry.bytes) break;
    const victim = known.peek(key);
    if (victim === undefined) continue;
    if (victim.uses > entry.uses) {
      victim.uses -= 1;
      known.get(key);
      return false;
    }
    free += victim.bytes;
  }
  return true;
}
