import { demoCommunities, type DemoCommunity } from './accounts.ts';
import type { EstatePlan } from './estate.ts';

/** What is told of a community of the demo; ids of its own things are counted from `first…`. */
export type CommunityPlan = {
  community: DemoCommunity;
  code: string;
  address: string;
  builtAreaM2: string;
  estate: EstatePlan;
  firstHousehold: number;
  firstPerson: number;
  firstStaff: number;
  firstOrganisation: number;
  /** Orders of the last three months. */
  workOrders: number;
  seed: number;
};

const building = (
  code: string,
  sections: number,
  floors: number,
  flatsPerFloor: number,
  deliveredOn: string,
): EstatePlan['buildings'][number] => ({ code, sections, floors, flatsPerFloor, deliveredOn });

/**
 * Three estates: a large one where everything happens, an old small one of the same company, and one of another
 * company that none of the first may ever see. Building 4 is so young that its warranties still run.
 */
export const communityPlans: readonly CommunityPlan[] = [
  {
    community: demoCommunities.a1,
    code: 'JXHY',
    address: '江苏省苏州市工业园区锦绣路88号',
    builtAreaM2: '39860.00',
    estate: {
      firstPlace: 1,
      buildings: [
        building('1', 2, 13, 2, '2019-06-28'),
        building('2', 2, 13, 2, '2019-06-28'),
        building('3', 2, 13, 2, '2021-05-20'),
        building('4', 2, 11, 2, '2025-04-18'),
      ],
      shops: 10,
      parkingSpaces: 60,
    },
    firstHousehold: 200,
    firstPerson: 200,
    firstStaff: 200,
    firstOrganisation: 1,
    workOrders: 160,
    seed: 20_260_301,
  },
  {
    community: demoCommunities.a2,
    code: 'CHY',
    address: '江苏省苏州市吴中区翠湖路12号',
    builtAreaM2: '9120.00',
    estate: { firstPlace: 10_001, buildings: [building('1', 2, 6, 2, '2008-10-15')], shops: 0, parkingSpaces: 8 },
    firstHousehold: 1_000,
    firstPerson: 2_000,
    firstStaff: 300,
    firstOrganisation: 101,
    workOrders: 20,
    seed: 20_260_302,
  },
  {
    community: demoCommunities.b1,
    code: 'HYL',
    address: '浙江省嘉兴市南湖区和悦路6号',
    builtAreaM2: '10480.00',
    estate: { firstPlace: 20_001, buildings: [building('1', 2, 6, 2, '2016-03-30')], shops: 2, parkingSpaces: 8 },
    firstHousehold: 2_000,
    firstPerson: 3_000,
    firstStaff: 400,
    firstOrganisation: 201,
    workOrders: 20,
    seed: 20_260_303,
  },
];
