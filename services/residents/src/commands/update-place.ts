import type { Tx } from '@steward/db';
import { placeUpdated } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { placeAggregate } from '../db/aggregates.ts';
import { placeFact } from '../domain/place-facts.ts';
import { changePlace } from '../domain/place-rules.ts';
import type { UpdatePlaceInput } from '../graphql/generated.ts';

export async function updatePlace(tx: Tx, input: UpdatePlaceInput): Promise<{ id: string }> {
  const place = await lockAuthorized(tx, placeAggregate, input);
  const changed = changePlace(place, input);
  const saved = await saveAggregate(tx, placeAggregate, place, changed, { action: 'updatePlace' });
  publish(tx, saved, placeUpdated, placeFact(saved));
  return { id: place.id };
}
