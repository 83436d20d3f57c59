/** A fact as its publisher committed it. */
export type Fact = { id: string; aggregateId: string; version: number };

/** What a fact did at a consumer; a list of them is in the order in which they happened. */
export type Effect = { factId: string; aggregateId: string; version: number };

/** A run of a command, with the key the client gave. */
export type Move = { key: string; aggregateId: string; version: number };

/** What is wrong, one line each, empty when nothing is. */
export type Findings = {
  /** Promised and not there, or not there in its order. */
  lost: string[];
  /** There once too often, or without anything that promised it. */
  doubled: string[];
};

export const noFindings = (): Findings => ({ lost: [], doubled: [] });

export const join = (all: readonly Findings[]): Findings => ({
  lost: all.flatMap(({ lost }) => lost),
  doubled: all.flatMap(({ doubled }) => doubled),
});

/** The version each aggregate had reached before; absent: none. */
export type Reached = ReadonlyMap<string, number>;

const label = ({ aggregateId, version }: { aggregateId: string; version: number }): string =>
  `${aggregateId} version ${version}`;

function countBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}

/** Versions rise by one from what was reached, in the order of the rows. */
function brokenOrder(what: string, reached: Reached, rows: readonly { aggregateId: string; version: number }[]) {
  const last = new Map(reached);
  const broken: string[] = [];
  for (const row of rows) {
    const before = last.get(row.aggregateId) ?? 0;
    if (row.version !== before + 1) broken.push(`${what}: ${label(row)} came after version ${before}`);
    last.set(row.aggregateId, row.version);
  }
  return broken;
}

/** Every fact has one effect, every effect its fact, and each aggregate's are in order; `reached` was right before. */
export function checkDelivery(
  consumer: string,
  reached: Reached,
  facts: readonly Fact[],
  effects: readonly Effect[],
): Findings {
  const counts = countBy(effects, ({ factId }) => factId);
  const known = new Set(facts.map(({ id }) => id));
  const missing = facts.filter(({ id }) => !counts.has(id)).map((fact) => `${consumer}: no effect of ${label(fact)}`);
  const repeated = facts
    .filter(({ id }) => (counts.get(id) ?? 0) > 1)
    .map((fact) => `${consumer}: ${counts.get(fact.id)} effects of ${label(fact)}`);
  const ghosts = effects.filter(({ factId }) => !known.has(factId));
  const causeless = ghosts.map((effect) => `${consumer}: an effect of ${label(effect)} without a new fact`);
  // A double or a hole breaks the order as well; it is told once, as what it is.
  const isWhole = missing.length === 0 && repeated.length === 0 && causeless.length === 0;
  const disorder = isWhole ? brokenOrder(consumer, reached, effects) : [];
  return {
    lost: [...missing, ...disorder, ...brokenOrder(`publisher of ${consumer}`, reached, facts)],
    doubled: [...repeated, ...causeless],
  };
}

/** Every answered command ran once, as it was answered, and nothing ran that no client has an answer to. */
export function checkCommands(answered: ReadonlyMap<string, number>, moves: readonly Move[]): Findings {
  const counts = countBy(moves, ({ key }) => key);
  const versions = new Map(moves.map(({ key, version }) => [key, version]));
  const keys = [...answered.keys()];
  return {
    lost: [
      ...keys.filter((key) => !counts.has(key)).map((key) => `command ${key} was answered and left nothing`),
      ...keys
        .filter((key) => versions.has(key) && versions.get(key) !== answered.get(key))
        .map((key) => `command ${key} was answered version ${answered.get(key)} and made ${versions.get(key)}`),
    ],
    doubled: [
      ...keys.filter((key) => (counts.get(key) ?? 0) > 1).map((key) => `command ${key} ran ${counts.get(key)} times`),
      ...moves.filter(({ key }) => !answered.has(key)).map(({ key }) => `command ${key} ran and was never answered`),
    ],
  };
}

/** What was written in one transaction is there together: each row of `left` has its one partner in `right`. */
export function checkPairs(what: string, left: readonly string[], right: readonly string[]): Findings {
  const [lefts, rights] = [countBy(left, (key) => key), countBy(right, (key) => key)];
  return {
    lost: [...lefts.keys()].filter((key) => !rights.has(key)).map((key) => `${what}: ${key} has no partner`),
    doubled: [...rights].filter(([key, count]) => count !== (lefts.get(key) ?? 0)).map(([key]) => `${what}: ${key}`),
  };
}
