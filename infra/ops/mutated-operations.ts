import { operationId, normalised } from '@steward/gateway/registered-operations';

/** The same numbers for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const tokenPattern = /"(?:[^"\\]|\\.)*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|[^\s\w]/g;
const added = ['__typename', 'id', 'alias: id', '... { __typename }', '@skip(if: false)', '$x', '{', '}', '1', '"x"'];

/** One small change of an operation, such as an attacker or a careless client would make. */
function mutated(text: string, random: () => number): string {
  const tokens: string[] = text.match(tokenPattern) ?? [];
  const pick = (count: number): number => Math.floor(random() * count);
  const at = pick(tokens.length);
  const change = [
    () => tokens.toSpliced(at, 1),
    () => tokens.toSpliced(at, 0, tokens[at] ?? ''),
    () => tokens.toSpliced(at, 0, added[pick(added.length)] ?? ''),
    () => tokens.toSpliced(at, 1, added[pick(added.length)] ?? ''),
    () => tokens.with(at, tokens[pick(tokens.length)] ?? ''),
    () => [...tokens, ...tokens],
  ][pick(6)];
  return (change?.() ?? tokens).join(' ');
}

const idOf = (text: string): string | undefined => {
  try {
    return operationId(normalised(text));
  } catch {
    return undefined;
  }
};

/** `count` operations that differ from every registered one in more than blanks; the same for the same seed. */
export function* mutatedOperations(registered: readonly string[], count: number, seed: number): Generator<string> {
  const random = numbers(seed);
  const known = new Set(registered.map(idOf));
  for (let made = 0; made < count;) {
    const text = mutated(registered[Math.floor(random() * registered.length)] ?? '', random);
    if (known.has(idOf(text))) continue;
    made += 1;
    yield text;
  }
}
