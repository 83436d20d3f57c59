import { derivedKey } from '../derived-key.ts';
import type { GatewayClient } from '../gateway-client.ts';
import type { Outcome } from '../import-kind.ts';
import type { Holder, Member, PlaceRow, RegisterRow } from './register-row.ts';

const batchSize = 500;

type Refusal = {
  reason: string;
  message: string;
  violations: { path: string | null; reason: string; message: string }[];
};
type RowAnswer = { isNew: boolean; refusal: Refusal | null };

const answered = 'results { isNew refusal { reason message violations { path reason message } } }';
const registerPlaces = /* GraphQL */ `mutation ImportPlaces($input: RegisterPlacesInput!) {
  registerPlaces(input: $input) { ${answered} } }`;
const registerHouseholds = /* GraphQL */ `mutation ImportHouseholds($input: RegisterHouseholdsInput!) {
  registerHouseholds(input: $input) { ${answered} } }`;

type Send = (mutation: 'registerPlaces' | 'registerHouseholds', rows: readonly object[]) => Promise<RowAnswer[]>;

/** Sends rows in calls of the size that a service takes, one after the other: they lock the same tree. */
function sender(client: GatewayClient, communityId: string, runId: string): Send {
  const documents = { registerPlaces, registerHouseholds };
  return async (mutation, rows) => {
    const answers: RowAnswer[] = [];
    for (let from = 0; from < rows.length; from += batchSize) {
      const input = {
        idempotencyKey: derivedKey(runId, mutation, from),
        communityId,
        rows: rows.slice(from, from + batchSize),
      };
      const answer = await client<Record<string, { results: RowAnswer[] }>>(documents[mutation], { input });
      answers.push(...(answer[mutation]?.results ?? []));
    }
    return answers;
  };
}

const pathOf = ({ parentPath, code }: PlaceRow): string => (parentPath === null ? code : `${parentPath}/${code}`);

/** Every place once; what stands above comes first. The first row of a unit says what it is. */
function placesOf(rows: readonly RegisterRow[]): Map<string, PlaceRow> {
  const places = new Map<string, PlaceRow>();
  for (const place of rows.flatMap((row) => row.places)) {
    if (!places.has(pathOf(place))) places.set(pathOf(place), place);
  }
  return places;
}

/** A household of several rows, and which row each of its parts came from. */
type Gathered = {
  input: {
    number: string;
    segment: string;
    isKeyAccount: boolean;
    holdings: Holder['holding'][];
    members: Member[];
  };
  rows: number[];
  holdingRows: number[];
  memberRows: number[];
};

const isSame = (a: object) => (b: object) => JSON.stringify(a) === JSON.stringify(b);

function gathered(rows: readonly RegisterRow[]): Gathered[] {
  const households = new Map<string, Gathered>();
  rows.forEach(({ holder }, index) => {
    if (holder === null) return;
    const { number, segment, isKeyAccount, holding, member } = holder;
    const known = households.get(number) ?? {
      input: { number, segment, isKeyAccount, holdings: [], members: [] },
      rows: [],
      holdingRows: [],
      memberRows: [],
    };
    households.set(number, known);
    known.rows.push(index);
    if (!known.input.holdings.some(isSame(holding))) {
      known.input.holdings.push(holding);
      known.holdingRows.push(index);
    }
    if (member !== null && !known.input.members.some(isSame(member))) {
      known.input.members.push(member);
      known.memberRows.push(index);
    }
  });
  return [...households.values()];
}

const failed = ({ reason, message }: Pick<Refusal, 'reason' | 'message'>): Outcome => ({
  outcome: 'failed',
  reason,
  message,
});

/** Why each row of a refused household was not taken: what is wrong with itself, or that another row of it is wrong. */
function blamed(household: Gathered, refusal: Refusal): Map<number, Outcome> {
  const own = new Map<number, Refusal['violations']>();
  for (const violation of refusal.violations) {
    const [, part, at] = /\.(holdings|members)\.(\d+)/.exec(violation.path ?? '') ?? [];
    const rows = part === 'holdings' ? household.holdingRows : household.memberRows;
    const row = (part === undefined ? undefined : rows[Number(at)]) ?? household.rows[0] ?? 0;
    own.set(row, [...(own.get(row) ?? []), violation]);
  }
  const others = { number: household.input.number };
  return new Map(
    household.rows.map((row) => {
      const [first, ...more] = own.get(row) ?? [];
      if (first === undefined && own.size > 0)
        return [row, { outcome: 'failed', reason: 'HOUSEHOLD_REFUSED', text: 'HOUSEHOLD_REFUSED', params: others }];
      if (first === undefined) return [row, failed(refusal)];
      return [row, failed({ reason: first.reason, message: [first, ...more].map(({ message }) => message).join(' ') })];
    }),
  );
}

/**
 * Enters the places of all rows, then the households. A row is added where its unit or its household is new, known where
 * both were there; a household that is there stays as it is, so that a second import adds nothing.
 */
export async function importRegister(
  client: GatewayClient,
  { communityId, runId }: { communityId: string; runId: string },
  rows: readonly RegisterRow[],
): Promise<Outcome[]> {
  const send = sender(client, communityId, runId);
  const places = placesOf(rows);
  const placeAnswers = await send('registerPlaces', [...places.values()]);
  const answerOf = new Map([...places.keys()].map((path, index) => [path, placeAnswers[index]]));
  const isNewUnit = new Map<string, number>();
  const outcomes = rows.map(({ path, places: own }, index): Outcome => {
    const refusal = own.map((place) => answerOf.get(pathOf(place))?.refusal).find((one) => one != null);
    if (refusal != null) return failed(refusal.violations[0] ?? refusal);
    const isFirst = !isNewUnit.has(path);
    if (isFirst) isNewUnit.set(path, index);
    return isFirst && answerOf.get(path)?.isNew === true ? { outcome: 'added', as: 'Unit' } : { outcome: 'known' };
  });
  const households = gathered(rows);
  const answers = await send(
    'registerHouseholds',
    households.map(({ input }) => input),
  );
  households.forEach((household, index) => {
    const answer = answers[index];
    if (answer === undefined) return;
    const blame = answer.refusal === null ? null : blamed(household, answer.refusal);
    for (const row of household.rows) {
      if (outcomes[row]?.outcome === 'failed') continue;
      if (blame !== null) outcomes[row] = blame.get(row) as Outcome;
      else if (answer.isNew) outcomes[row] = { outcome: 'added', as: 'Household' };
    }
  });
  return outcomes;
}
