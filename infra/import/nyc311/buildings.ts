import { derivedKey } from '../derived-key.ts';
import type { GatewayClient } from '../gateway-client.ts';
import { inTurn } from '../in-turn.ts';
import { RecentMap } from '../recent-map.ts';
import type { TextKey } from '../texts.ts';

/** A building by its address: the code tells it apart, the name is what people read. */
export type Building = { code: string; name: string };

type Refusal = { reason: string; message: string };
/** Why a building has no place: the platform's refusal, or a reason of ours. */
export type NoPlace = Refusal | { reason: string; text: TextKey };
type Registered = { registerPlaces: { results: { place: { id: string } | null; refusal: Refusal | null }[] } };

const registerPlaces = /* GraphQL */ `
  mutation ImportBuildings($input: RegisterPlacesInput!) {
    registerPlaces(input: $input) {
      results {
        place {
          id
        }
        refusal {
          reason
          message
        }
      }
    }
  }
`;

/** Addresses kept at hand; one that has been forgotten is asked for again, which the service answers alike. */
const addressesKept = 20_000;

export type EnteredBuildings = {
  /** The id of a building's place, or why it has none. */
  placeOf(building: Building): string | NoPlace;
  /** The codes of the buildings that were not at hand, in the order of their entry. */
  entered: readonly string[];
};

/** Enters buildings that are not known yet and answers the ids of all, from any number of calls at once. */
export function buildingRegister(
  client: GatewayClient,
  options: { communityId: string; runId: string },
): (buildings: readonly Building[]) => Promise<EnteredBuildings> {
  const known = new RecentMap<string, string>(addressesKept);
  let calls = 0;

  const register = async (buildings: readonly Building[]): Promise<EnteredBuildings> => {
    const places = new Map<string, string | Refusal>();
    const missing = new Map<string, Building>();
    for (const building of buildings) {
      const id = known.get(building.code);
      if (id === undefined) missing.set(building.code, building);
      else places.set(building.code, id);
    }
    if (missing.size > 0) {
      calls += 1;
      const rows = [...missing.values()].map(({ code, name }) => ({ code, name, kind: 'BUILDING' }));
      const idempotencyKey = derivedKey(options.runId, 'registerPlaces', calls);
      const input = { idempotencyKey, communityId: options.communityId, rows };
      const { registerPlaces: answer } = await client<Registered>(registerPlaces, { input });
      rows.forEach(({ code }, index) => {
        const { place, refusal } = answer.results[index] ?? { place: null, refusal: null };
        if (place !== null) known.set(code, place.id);
        const answered = place?.id ?? refusal;
        if (answered !== null) places.set(code, answered);
      });
    }
    return {
      placeOf: ({ code }) => places.get(code) ?? { reason: 'PLACE_UNKNOWN', text: 'PLACE_UNANSWERED' },
      entered: [...missing.keys()].filter((code) => known.get(code) !== undefined),
    };
  };

  // One after the other, so that two batches never enter the same address side by side.
  const turn = inTurn();
  return (buildings) => turn(() => register(buildings));
}
