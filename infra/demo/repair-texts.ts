/** What people report, in their words, by the codes of the service work-orders. */
export type RepairText = {
  tradeCode: string;
  problemCode: string;
  /** In flats or in common areas of a kind. */
  where: 'FLAT' | 'LIFT' | 'LOBBY' | 'GARAGE' | 'GARDEN' | 'GATE' | 'ROOF';
  texts: readonly [string, ...string[]];
  /** How often it comes compared with the others. */
  weight: number;
  /** A leak, which is tested with water before it counts as repaired. */
  isLeak?: boolean;
  /** From the catalogue of paid services. */
  serviceCode?: string;
};

export const repairTexts: readonly RepairText[] = [
  {
    tradeCode: 'PLUMBING',
    problemCode: 'PIPE_LEAK',
    where: 'FLAT',
    texts: ['厨房水槽下水管接头漏水', '阳台洗衣机角阀滴水', '卫生间给水管渗水'],
    weight: 9,
    isLeak: true,
  },
  {
    tradeCode: 'PLUMBING',
    problemCode: 'DRAIN_BLOCKED',
    where: 'FLAT',
    texts: ['卫生间地漏堵塞,排水很慢', '厨房下水道堵塞反水'],
    weight: 9,
  },
  {
    tradeCode: 'PLUMBING',
    problemCode: 'TAP_OR_VALVE',
    where: 'FLAT',
    texts: ['水龙头关不紧,一直滴水', '入户总阀拧不动'],
    weight: 6,
  },
  {
    tradeCode: 'PLUMBING',
    problemCode: 'TOILET',
    where: 'FLAT',
    texts: ['马桶水箱一直进水', '马桶冲水无力'],
    weight: 6,
  },
  {
    tradeCode: 'PLUMBING',
    problemCode: 'PIPE_BURST',
    where: 'FLAT',
    texts: ['厨房水管爆裂,正在喷水'],
    weight: 1,
    isLeak: true,
  },
  {
    tradeCode: 'ELECTRICAL',
    problemCode: 'BREAKER_TRIPS',
    where: 'FLAT',
    texts: ['开空调就跳闸', '客厅回路频繁跳闸'],
    weight: 7,
  },
  {
    tradeCode: 'ELECTRICAL',
    problemCode: 'SOCKET_OR_SWITCH',
    where: 'FLAT',
    texts: ['卧室插座没电', '玄关开关接触不良'],
    weight: 6,
  },
  {
    tradeCode: 'ELECTRICAL',
    problemCode: 'NO_POWER',
    where: 'FLAT',
    texts: ['家里突然全部停电,邻居家正常'],
    weight: 2,
  },
  {
    tradeCode: 'ELECTRICAL',
    problemCode: 'PUBLIC_LIGHTING',
    where: 'LOBBY',
    texts: ['大堂感应灯不亮', '楼道灯坏了'],
    weight: 5,
  },
  { tradeCode: 'ELECTRICAL', problemCode: 'PUBLIC_LIGHTING', where: 'GARAGE', texts: ['车库B区照明灯不亮'], weight: 3 },
  { tradeCode: 'HEATING', problemCode: 'NO_HOT_WATER', where: 'FLAT', texts: ['没有热水'], weight: 3 },
  {
    tradeCode: 'CARPENTRY',
    problemCode: 'DOOR',
    where: 'FLAT',
    texts: ['入户门下沉,关门卡住', '卧室门合页松动'],
    weight: 4,
  },
  {
    tradeCode: 'CARPENTRY',
    problemCode: 'WINDOW',
    where: 'FLAT',
    texts: ['窗户密封条脱落漏风', '推拉窗滑轮坏了'],
    weight: 4,
  },
  {
    tradeCode: 'WATERPROOFING',
    problemCode: 'BATHROOM_LEAK',
    where: 'FLAT',
    texts: ['卫生间渗水到楼下'],
    weight: 3,
    isLeak: true,
  },
  {
    tradeCode: 'WATERPROOFING',
    problemCode: 'WALL_LEAK',
    where: 'FLAT',
    texts: ['下雨后外墙渗水,墙面起皮'],
    weight: 3,
    isLeak: true,
  },
  {
    tradeCode: 'WATERPROOFING',
    problemCode: 'ROOF_LEAK',
    where: 'ROOF',
    texts: ['屋面积水,顶层走廊滴水'],
    weight: 2,
    isLeak: true,
  },
  { tradeCode: 'PAINTING', problemCode: 'WALL_PAINT', where: 'LOBBY', texts: ['大堂墙面有划痕和污渍'], weight: 2 },
  {
    tradeCode: 'LOCKS',
    problemCode: 'LOCK_BROKEN',
    where: 'FLAT',
    texts: ['门锁钥匙转不动', '智能锁指纹失灵'],
    weight: 4,
  },
  { tradeCode: 'LIFTS', problemCode: 'LIFT_NOISE', where: 'LIFT', texts: ['电梯运行有异响'], weight: 3 },
  { tradeCode: 'LIFTS', problemCode: 'LIFT_STOPPED', where: 'LIFT', texts: ['电梯停在一层不动'], weight: 2 },
  { tradeCode: 'FIRE_SAFETY', problemCode: 'FIRE_EQUIPMENT', where: 'LOBBY', texts: ['消火栓箱门玻璃破损'], weight: 2 },
  { tradeCode: 'LOW_VOLTAGE', problemCode: 'INTERCOM', where: 'FLAT', texts: ['可视对讲听不到声音'], weight: 4 },
  { tradeCode: 'LOW_VOLTAGE', problemCode: 'BARRIER_GATE', where: 'GATE', texts: ['道闸抬杆缓慢'], weight: 2 },
  { tradeCode: 'CLEANING', problemCode: 'DIRTY_COMMON_AREA', where: 'LOBBY', texts: ['大堂地面有油渍'], weight: 3 },
  { tradeCode: 'PEST_CONTROL', problemCode: 'PESTS', where: 'GARAGE', texts: ['车库发现老鼠'], weight: 2 },
  { tradeCode: 'GREENING', problemCode: 'TREE_HAZARD', where: 'GARDEN', texts: ['树枝断裂悬挂在步道上方'], weight: 2 },
  {
    tradeCode: 'GENERAL',
    problemCode: 'FIXTURE_INSTALLATION',
    where: 'FLAT',
    texts: ['需要安装晾衣架', '客厅吊灯更换'],
    weight: 5,
    serviceCode: 'FIXTURE',
  },
  {
    tradeCode: 'CLEANING',
    problemCode: 'HOUSE_CLEANING',
    where: 'FLAT',
    texts: ['预约全屋深度保洁', '油烟机清洗'],
    weight: 4,
    serviceCode: 'CLEANING_HOUR',
  },
];

export type PaidServiceRow = {
  code: string;
  /** Its name in the languages of the catalogue. */
  nameZh: string;
  nameEn: string;
  tradeCode: string;
  departmentCode: string;
  unit: string;
  /** In fen. */
  priceAmount: number;
};

/** The catalogue of paid services that the orders above quote from. */
export const paidServices: readonly PaidServiceRow[] = [
  {
    code: 'FIXTURE',
    nameZh: '灯具挂件安装',
    nameEn: 'Installation of lamps and fixtures',
    tradeCode: 'GENERAL',
    departmentCode: 'MAINTENANCE',
    unit: 'piece',
    priceAmount: 6_000,
  },
  {
    code: 'CLEANING_HOUR',
    nameZh: '家庭保洁',
    nameEn: 'House cleaning',
    tradeCode: 'CLEANING',
    departmentCode: 'ENVIRONMENT',
    unit: 'hour',
    priceAmount: 5_500,
  },
  {
    code: 'REPAIR_HOUR',
    nameZh: '上门维修工时',
    nameEn: 'Repair at home, per hour',
    tradeCode: 'GENERAL',
    departmentCode: 'MAINTENANCE',
    unit: 'hour',
    priceAmount: 6_800,
  },
  {
    code: 'SOCKET',
    nameZh: '插座开关更换',
    nameEn: 'Replacement of a socket or switch',
    tradeCode: 'ELECTRICAL',
    departmentCode: 'MAINTENANCE',
    unit: 'piece',
    priceAmount: 3_000,
  },
];
