import type { BenchService } from './callers-service.ts';

/** A text that finds something, and the key it is found by; `householdId` null: one of many. */
export type Sample = { text: string; kind: string; key: string; householdId: string | null };

const id = (kind: number, n: number): string =>
  `019b76da-a800-7${String(kind).padStart(3, '0')}-8000-${n.toString(16).padStart(12, '0')}`;

const communities = 10;
const communityOf = (n: number): string => id(2, 1 + (n % communities));

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平'];
const surnameSounds = 'wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo'.split(' ');
const givenSounds = 'wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xiu xia ping'.split(
  ' ',
);

/** Eight thousand names of three characters, so that each is that of a dozen people, as in a town. */
const nameOf = (n: number): { name: string; syllables: string[] } => {
  const [a, b, c] = [n % 20, Math.floor(n / 20) % 20, Math.floor(n / 400) % 20];
  return {
    name: `${surnames[a]}${given[b]}${given[c]}`,
    syllables: [surnameSounds[a] ?? '', givenSounds[b] ?? '', givenSounds[c] ?? ''],
  };
};

const phoneOf = (n: number): string => `138${String(10_000_000 + ((n * 7919) % 89_999_999))}`;
const plateOf = (n: number): string => `粤B${String(n).padStart(5, '0')}`;
const numberOf = (n: number): string => `WX-20260301-${String(n).padStart(6, '0')}`;
/** Buildings of five sections with 33 floors of four flats. */
const roomOf = (n: number): [building: number, section: number, unit: string] => {
  const home = Math.floor(n / communities);
  const [building, inBuilding] = [Math.floor(home / 660) + 1, home % 660];
  const [section, inSection] = [Math.floor(inBuilding / 132) + 1, inBuilding % 132];
  return [building, section, `${Math.floor(inSection / 4) + 1}0${(inSection % 4) + 1}`];
};

type Row = {
  subjectId: string;
  subjectType: string;
  kind: string;
  key: string;
  communityId: string;
  n: number;
  number: string | null;
};

/** Every key of one household, as the service's own reactions make them. */
function keysOf({ cipher, tenantId }: BenchService, n: number): Row[] {
  const hashed = (kind: string, text: string): string => cipher.index(tenantId, `caller/${kind}:${text}`);
  const base = { communityId: communityOf(n), n, number: null };
  const [building, section, unit] = roomOf(n);
  const { name, syllables } = nameOf(n);
  const phone = phoneOf(n);
  const ofUnit = (key: string): Row => ({ ...base, subjectId: id(4, n), subjectType: 'UNIT', kind: 'ROOM', key });
  const ofPerson = (kind: string, text: string): Row => ({
    ...base,
    subjectId: id(6, n),
    subjectType: 'PERSON',
    kind,
    key: hashed(kind, text),
  });
  const plate = plateOf(n);
  const ofPass = { ...base, subjectId: id(7, n), subjectType: 'PASS', number: `CP-${n}` };
  return [
    ...[`${building}/${section}/${unit}`, `${building}/${unit}`, unit].map(ofUnit),
    ofPerson('NAME', name),
    ofPerson('PINYIN', syllables.join('')),
    ofPerson('PINYIN', syllables.map((one) => one.charAt(0)).join('')),
    ofPerson('PHONE', phone),
    ofPerson('PHONE_TAIL', phone.slice(-4)),
    ...[plate, plate.slice(1)].map((text) => ({ ...ofPass, kind: 'PLATE', key: hashed('PLATE', text) })),
    {
      ...base,
      subjectId: id(8, n),
      subjectType: 'WORK_ORDER',
      kind: 'NUMBER',
      key: numberOf(n).replaceAll('-', ''),
      number: numberOf(n),
    },
  ];
}

const batch = 5_000;

/** The register in the tables of residents, and the keys that its reactions would have made of it. */
export async function fillRegister(service: BenchService, households: number): Promise<void> {
  const { admin, tenantId } = service;
  const at = '2026-03-01T00:00:00Z';
  // What refers to what is made by the rows below; to have it checked for each takes longer than to insert it.
  await admin.query(`set session_replication_role = replica; set synchronous_commit = off`);
  await admin.query(
    `insert into company (id, tenant_id, number, version, created_at, name) values ($1, $1, 'bench', 1, $2, 'bench')`,
    [tenantId, at],
  );
  for (let n = 1; n <= communities; n += 1) {
    await admin.query(
      `insert into community (id, tenant_id, community_id, number, version, created_at, name, time_zone, locale, currency, status)
       values ($1, $2, $1, $3, 1, $4, 'bench', 'Asia/Shanghai', 'zh-CN', 'CNY', 'ACTIVE')`,
      [id(2, n), tenantId, `C${n}`, at],
    );
  }
  for (let from = 0; from < households; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, households - from) }, (_, index) => from + index);
    const homes = numbers.map((n) => {
      const [building, section, unit] = roomOf(n);
      const path = `${building}/${section}/${unit}`;
      return { n, h: id(5, n), u: id(4, n), p: id(6, n), m: id(9, n), o: id(10, n), c: communityOf(n), path, unit };
    });
    await admin.query(fill, [tenantId, at, JSON.stringify(homes)]);
    const keys = numbers.flatMap((n) => keysOf(service, n)).map((key) => ({ ...key, h: id(5, key.n) }));
    await admin.query(fillKeys, [tenantId, JSON.stringify(keys)]);
  }
  // What autovacuum has long done.
  await admin.query('vacuum (analyze)');
}

const fill = `
  with home as (
    select * from jsonb_to_recordset($3::jsonb) as r(n int, h uuid, u uuid, p uuid, m uuid, o uuid, c uuid, path text, unit text)
  ), units as (
    insert into place (id, tenant_id, community_id, number, version, created_at, kind, code, usage)
    select u, $1, c, path, 1, $2, 'UNIT', unit, 'RESIDENTIAL' from home
  ), people as (
    insert into person (id, tenant_id, community_id, number, version, created_at, name_sealed, name_masked, phone_sealed, phone_masked)
    select p, $1, c, 'P-' || n, 1, $2, repeat('s', 60), '张**', repeat('s', 60), '138****0000' from home
  ), households as (
    insert into household (id, tenant_id, community_id, number, version, created_at, segment, is_key_account)
    select h, $1, c, 'H-' || n, 1, $2, 'RESIDENT', false from home
  ), holdings as (
    insert into household_holding (id, tenant_id, household_id, unit_id, tenure, valid_from)
    select o, $1, h, u, 'OWNED', '2020-01-01' from home
  )
  insert into household_membership (id, tenant_id, household_id, person_id, role, valid_from)
  select m, $1, h, p, 'OWNER', '2020-01-01' from home`;

const fillKeys = `
  insert into caller_key (tenant_id, subject_id, subject_type, kind, key, community_id, household_id, number)
  select $1, k."subjectId", k."subjectType", k.kind, k.key, k."communityId",
         case when k."subjectType" in ('PASS', 'WORK_ORDER') then k.h end, k.number
    from jsonb_to_recordset($2::jsonb) as k("subjectId" uuid, "subjectType" text, kind text, key text, "communityId" uuid,
                                            h uuid, number text)
  on conflict do nothing`;

/** Fifteen texts of each kind from all over the register; what many share finds one of them. */
export function samplesOf(service: BenchService, households: number): Record<string, Sample[]> {
  const { cipher, tenantId } = service;
  const chosen = Array.from({ length: 15 }, (_, index) => Math.floor(((index + 0.5) * households) / 15));
  const sample = (kind: string, text: string, key: string, n: number, isShared = false): Sample => ({
    text,
    kind,
    key: kind === 'ROOM' || kind === 'NUMBER' ? key : cipher.index(tenantId, `caller/${kind}:${key}`),
    householdId: isShared ? null : id(5, n),
  });
  const each = (make: (n: number) => Sample): Sample[] => chosen.map(make);
  return {
    room: each((n) => {
      const [building, section, unit] = roomOf(n);
      return sample('ROOM', `${building}栋${section}单元${unit}`, `${building}/${section}/${unit}`, n);
    }),
    'room number alone': each((n) => sample('ROOM', roomOf(n)[2], roomOf(n)[2], n, true)),
    phone: each((n) => sample('PHONE', phoneOf(n), phoneOf(n), n)),
    'last four digits': each((n) => sample('PHONE_TAIL', phoneOf(n).slice(-4), phoneOf(n).slice(-4), n, true)),
    name: each((n) => sample('NAME', nameOf(n).name, nameOf(n).name, n, true)),
    pinyin: each((n) => sample('PINYIN', nameOf(n).syllables.join(' '), nameOf(n).syllables.join(''), n, true)),
    initials: each((n) => {
      const letters = nameOf(n)
        .syllables.map((one) => one.charAt(0))
        .join('');
      return sample('PINYIN', letters, letters, n, true);
    }),
    plate: each((n) => sample('PLATE', plateOf(n), plateOf(n), n)),
    'number of an order': each((n) => sample('NUMBER', numberOf(n), numberOf(n).replaceAll('-', ''), n)),
  };
}
