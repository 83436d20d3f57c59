import { demoHouseholds, demoId, demoPersons, type DemoPerson } from './accounts.ts';
import { childName, fictionalPhone, personName, shopName } from './chinese-names.ts';
import type { CommunityPlan } from './communities.ts';
import { pathOf, type Estate, type PlaceRow } from './estate.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

export type MemberRow = {
  person?: { id: string; name: string; phone: string };
  organisationId?: string;
  role: 'OWNER' | 'RENTER' | 'FAMILY' | 'AGENT';
  validFrom: string;
};

/** A row of `registerHouseholds`. */
export type HouseholdRow = {
  id: string;
  number: string;
  segment: 'MAIN_MERCHANT' | 'SMALL_MERCHANT' | 'RESIDENT';
  isKeyAccount: boolean;
  holdings: { unitPath: string; tenure: 'OWNED' | 'RENTED'; validFrom: string }[];
  members: MemberRow[];
};

export type OrganisationRow = {
  id: string;
  kind: 'MERCHANT' | 'CONTRACTOR' | 'DEVELOPER';
  name: string;
  contactName: string;
  contactPhone: string;
};

/** A household in one of its units, as work orders need it. */
export type Occupant = {
  householdId: string;
  place: PlaceRow;
  contactName: string;
  contactPhone: string;
  signerId: string;
};

export type Neighbourhood = { households: HouseholdRow[]; organisations: OrganisationRow[]; occupants: Occupant[] };

/** Households have all moved in before that day, so that any clock of this platform is later. */
const lastMoveInYear = 2025;

type Maker = {
  random: SeededRandom;
  nextHousehold(): string;
  nextPerson(): string;
  phone(): string;
};

function makerOf(plan: CommunityPlan): Maker {
  let [household, person] = [plan.firstHousehold, plan.firstPerson];
  let phones = plan.firstPerson * 10;
  return {
    random: seededRandom(plan.seed),
    nextHousehold: () => demoId('household', household++),
    nextPerson: () => demoId('person', person++),
    phone: () => fictionalPhone(phones++),
  };
}

const day = (random: SeededRandom, deliveredOn: string): string => {
  const year = random.int(Math.min(Number(deliveredOn.slice(0, 4)) + 1, lastMoveInYear), lastMoveInYear);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}-${two(random.int(7, 12))}-${two(random.int(1, 28))}`;
};

const aPerson = (maker: Maker, name: string): NonNullable<MemberRow['person']> => ({
  id: maker.nextPerson(),
  name,
  phone: maker.phone(),
});

/** Who lives in a flat: one to four people, the first of them holds it. */
function familyOf(maker: Maker, role: 'OWNER' | 'RENTER', validFrom: string): MemberRow[] {
  const { random } = maker;
  const name = personName(random);
  const members: MemberRow[] = [{ person: aPerson(maker, name), role, validFrom }];
  if (random.chance(0.65)) members.push({ person: aPerson(maker, personName(random)), role: 'FAMILY', validFrom });
  if (random.chance(0.4)) {
    members.push({ person: aPerson(maker, childName(random, [...name][0] ?? '李')), role: 'FAMILY', validFrom });
  }
  return members;
}

const numberOf = (flat: PlaceRow, suffix = ''): string => `H-${pathOf(flat).replaceAll('/', '-')}${suffix}`;

function flatHousehold(
  maker: Maker,
  flat: PlaceRow,
  tenure: 'OWNED' | 'RENTED',
  options: { validFrom: string; suffix?: string; parking?: PlaceRow | undefined },
): HouseholdRow {
  const { validFrom, suffix, parking } = options;
  const holdings: HouseholdRow['holdings'] = [{ unitPath: pathOf(flat), tenure, validFrom }];
  if (parking !== undefined) holdings.push({ unitPath: pathOf(parking), tenure: 'OWNED', validFrom });
  return {
    id: maker.nextHousehold(),
    number: numberOf(flat, suffix),
    segment: 'RESIDENT',
    isKeyAccount: maker.random.chance(0.03),
    holdings,
    members: familyOf(maker, tenure === 'OWNED' ? 'OWNER' : 'RENTER', validFrom),
  };
}

/** A flat's owner, or its owner elsewhere and a renter in it. */
function householdsOfFlat(maker: Maker, flat: PlaceRow, deliveredOn: string, parking?: PlaceRow): HouseholdRow[] {
  const validFrom = day(maker.random, deliveredOn);
  const owner = flatHousehold(maker, flat, 'OWNED', { validFrom, parking });
  if (!maker.random.chance(0.12)) return [owner];
  return [owner, flatHousehold(maker, flat, 'RENTED', { validFrom, suffix: '-R' })];
}

const memberOf = (person: DemoPerson, role: MemberRow['role'], validFrom: string, phone: string): MemberRow => ({
  person: { id: person.id, name: person.name, phone },
  role,
  validFrom,
});

/**
 * The households of the accounts; in the first one the owner has let the flat and both belong to it. A unit is held by
 * one right at a time, so what makes the renter one is the parking space that goes with the flat and is rented.
 */
function accountHouseholds(plan: CommunityPlan, estate: Estate): HouseholdRow[] {
  const validFrom = '2025-07-01';
  const spaces = estate.parkingSpaces.toReversed();
  return Object.values(demoHouseholds)
    .filter(({ communityId }) => communityId === plan.community.id)
    .map((household, index): HouseholdRow => {
      const flat = estate.flats[index] as PlaceRow;
      const persons = Object.values<DemoPerson>(demoPersons).filter(({ householdId }) => householdId === household.id);
      const holdings: HouseholdRow['holdings'] = [{ unitPath: pathOf(flat), tenure: 'OWNED', validFrom }];
      if (persons.some(({ membership }) => membership === 'RENTER')) {
        holdings.push({ unitPath: pathOf(spaces[index] as PlaceRow), tenure: 'RENTED', validFrom });
      }
      const phone = plan.firstPerson * 10 + 9_000 + index * 10;
      return {
        id: household.id,
        number: numberOf(flat),
        segment: 'RESIDENT',
        isKeyAccount: false,
        holdings,
        members: persons.map((person, at) =>
          memberOf(person, person.membership, validFrom, fictionalPhone(phone + at)),
        ),
      };
    });
}

function merchants(
  maker: Maker,
  plan: CommunityPlan,
  shops: readonly PlaceRow[],
): Pick<Neighbourhood, 'households' | 'organisations'> {
  const organisations: OrganisationRow[] = [];
  const households = shops.map((shop, index): HouseholdRow => {
    const organisationId = demoId('organisation', plan.firstOrganisation + 10 + index);
    organisations.push({
      id: organisationId,
      kind: 'MERCHANT',
      name: shopName(maker.random),
      contactName: personName(maker.random),
      contactPhone: maker.phone(),
    });
    const validFrom = day(maker.random, '2022-01-01');
    return {
      id: maker.nextHousehold(),
      number: numberOf(shop),
      segment: index === 0 ? 'MAIN_MERCHANT' : 'SMALL_MERCHANT',
      isKeyAccount: index === 0,
      holdings: [{ unitPath: pathOf(shop), tenure: 'RENTED', validFrom }],
      members: [{ organisationId, role: 'RENTER', validFrom }],
    };
  });
  return { households, organisations };
}

/** Who built the estate and who keeps its lifts. */
const partners = (maker: Maker, plan: CommunityPlan): OrganisationRow[] => [
  {
    id: demoId('organisation', plan.firstOrganisation),
    kind: 'DEVELOPER',
    name: `${plan.community.name}开发建设有限公司`,
    contactName: personName(maker.random),
    contactPhone: maker.phone(),
  },
  {
    id: demoId('organisation', plan.firstOrganisation + 1),
    kind: 'CONTRACTOR',
    name: '迅安电梯工程有限公司',
    contactName: personName(maker.random),
    contactPhone: maker.phone(),
  },
];

/** Who lives in a flat answers the phone: of two households in it, the one that rents. */
function occupantsOf(flats: readonly PlaceRow[], households: readonly HouseholdRow[]): Occupant[] {
  const places = new Map(flats.map((flat) => [pathOf(flat), flat]));
  const byPath = new Map<string, Occupant>();
  for (const { id, holdings, members } of households) {
    const contact = members.findLast(({ role }) => role === 'RENTER') ?? members[0];
    for (const { unitPath } of holdings) {
      const place = places.get(unitPath);
      if (place === undefined || contact?.person === undefined) continue;
      const { name, phone, id: signerId } = contact.person;
      byPath.set(unitPath, { householdId: id, place, contactName: name, contactPhone: phone, signerId });
    }
  }
  return [...byPath.values()];
}

/** Everybody who lives or trades in an estate; some flats stand empty. */
export function settle(plan: CommunityPlan, estate: Estate): Neighbourhood {
  const maker = makerOf(plan);
  const deliveredOn = new Map(plan.estate.buildings.map((building) => [building.code, building.deliveredOn]));
  const ofAccounts = accountHouseholds(plan, estate);
  const parking = estate.parkingSpaces.slice(0, -2);
  const others = estate.flats.slice(ofAccounts.length).flatMap((flat) => {
    if (maker.random.chance(0.05)) return [];
    const space = maker.random.chance(0.3) ? parking.shift() : undefined;
    return householdsOfFlat(maker, flat, deliveredOn.get(pathOf(flat).split('/')[0] ?? '') ?? '2020-01-01', space);
  });
  const shops = merchants(maker, plan, estate.shops);
  const households = [...ofAccounts, ...others, ...shops.households];
  return {
    households,
    organisations: [...partners(maker, plan), ...shops.organisations],
    occupants: occupantsOf(estate.flats, households),
  };
}
