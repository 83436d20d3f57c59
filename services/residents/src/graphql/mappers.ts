import type { Viewer } from '@steward/auth';
import type { Upload } from '@steward/files';
import type { ChangeRow, Connection, RefusalValue } from '@steward/service-kit';

import type { JudgedFile } from '../commands/judge-household-file.ts';
import type { PlacedHolding, PlacedMembership } from '../db/loaders.ts';
import type { Community } from '../domain/community.ts';
import type { Household as HouseholdRow } from '../domain/household.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/person.ts';
import type { Place } from '../domain/place.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type Me = Viewer;
export type Staff = { id: string };
export type Unit = Place;
export type HouseholdHolding = PlacedHolding;
export type HouseholdMembership = PlacedMembership;
export type HouseholdFile = JudgedFile;
export type CommunityConnection = Connection<Community>;
export type PlaceConnection = Connection<Place>;
export type PersonConnection = Connection<Person>;
export type OrganisationConnection = Connection<Organisation>;
export type HouseholdConnection = Connection<HouseholdRow>;
export type ChangeConnection = Connection<ChangeRow>;
export type Code = { code: string; label?: string; labelKey?: string };
export type Refusal = RefusalValue;

export type CreateHouseholdDocumentUploadPayload = { upload: Upload };
export type SetResidentsPolicyPayload = { communityId: string };

type RowAnswer = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };

export type PlaceRegistration = RowAnswer;
export type HouseholdRegistration = RowAnswer;
