import { demoId } from './accounts.ts';

/** A row of `registerPlaces`. */
export type PlaceRow = {
  id: string;
  parentPath?: string;
  code: string;
  kind: 'BUILDING' | 'SECTION' | 'UNIT' | 'COMMON_AREA';
  name?: string;
  usage?: 'RESIDENTIAL' | 'SHOP' | 'PARKING' | 'STORAGE';
  commonAreaCode?: string;
  areaM2?: string;
  floor?: number;
  deliveredOn?: string;
  designLifeYears?: number;
};

/** How an estate is built; everything below it follows. */
export type EstatePlan = {
  /** Ids of its places are counted from here. */
  firstPlace: number;
  buildings: { code: string; sections: number; floors: number; flatsPerFloor: number; deliveredOn: string }[];
  shops: number;
  parkingSpaces: number;
};

export type Estate = {
  /** Parents before their children. */
  rows: PlaceRow[];
  flats: PlaceRow[];
  shops: PlaceRow[];
  parkingSpaces: PlaceRow[];
  commonAreas: PlaceRow[];
};

/** Built areas of flats in square metres, by the door's last digit. */
const flatAreas = ['89.32', '118.60', '135.07', '76.45'];

export const pathOf = ({ parentPath, code }: PlaceRow): string =>
  parentPath === undefined ? code : `${parentPath}/${code}`;

type Add = (row: Omit<PlaceRow, 'id'>) => PlaceRow;

function addSection(add: Add, building: EstatePlan['buildings'][number], section: string): void {
  const parentPath = `${building.code}/${section}`;
  add({ parentPath: building.code, code: section, kind: 'SECTION', name: `${section}单元` });
  add({ parentPath, code: 'LIFT', kind: 'COMMON_AREA', commonAreaCode: 'LIFT', name: '电梯' });
  add({ parentPath, code: 'LOBBY', kind: 'COMMON_AREA', commonAreaCode: 'LOBBY', name: '大堂', floor: 1 });
  for (let floor = 1; floor <= building.floors; floor += 1) {
    for (let door = 1; door <= building.flatsPerFloor; door += 1) {
      const code = `${floor}${String(door).padStart(2, '0')}`;
      const areaM2 = flatAreas[(door - 1) % flatAreas.length] ?? '90';
      add({ parentPath, code, kind: 'UNIT', usage: 'RESIDENTIAL', floor, areaM2 });
    }
  }
}

function addBuilding(add: Add, building: EstatePlan['buildings'][number]): void {
  const { code, sections, deliveredOn } = building;
  add({ code, kind: 'BUILDING', name: `${code}栋`, deliveredOn, designLifeYears: 50 });
  add({ parentPath: code, code: 'ROOF', kind: 'COMMON_AREA', commonAreaCode: 'ROOF', name: '屋面' });
  for (let section = 1; section <= sections; section += 1) addSection(add, building, String(section));
}

function addGrounds(add: Add, { buildings, shops, parkingSpaces }: EstatePlan): void {
  const deliveredOn = buildings[0]?.deliveredOn;
  add({ code: 'GATE', kind: 'COMMON_AREA', commonAreaCode: 'GATE', name: '东门岗' });
  add({ code: 'GARDEN', kind: 'COMMON_AREA', commonAreaCode: 'GARDEN', name: '中心花园' });
  add({ code: 'GARAGE', kind: 'COMMON_AREA', commonAreaCode: 'GARAGE', name: '地下车库', floor: -1 });
  for (let space = 1; space <= parkingSpaces; space += 1) {
    const code = `C${String(space).padStart(3, '0')}`;
    add({ parentPath: 'GARAGE', code, kind: 'UNIT', usage: 'PARKING', areaM2: '12.72', floor: -1, deliveredOn });
  }
  if (shops === 0) return;
  add({ code: 'S', kind: 'BUILDING', name: '商铺楼', deliveredOn, designLifeYears: 50 });
  for (let shop = 1; shop <= shops; shop += 1) {
    const code = String(100 + shop);
    add({ parentPath: 'S', code, kind: 'UNIT', usage: 'SHOP', areaM2: '46.50', floor: 1 });
  }
}

/** The property tree of a plan. */
export function buildEstate(plan: EstatePlan): Estate {
  const rows: PlaceRow[] = [];
  const add: Add = (row) => {
    const added = { id: demoId('place', plan.firstPlace + rows.length), ...row };
    rows.push(added);
    return added;
  };
  for (const building of plan.buildings) addBuilding(add, building);
  addGrounds(add, plan);
  const ofUsage = (usage: PlaceRow['usage']): PlaceRow[] => rows.filter((row) => row.usage === usage);
  return {
    rows,
    flats: ofUsage('RESIDENTIAL'),
    shops: ofUsage('SHOP'),
    parkingSpaces: ofUsage('PARKING'),
    commonAreas: rows.filter(({ kind }) => kind === 'COMMON_AREA'),
  };
}
