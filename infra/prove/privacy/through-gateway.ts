import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { openPlatformRig } from '../../bench/platform-rig.ts';
import { exportCommand } from '../../export/export-command.ts';
import { createGatewayClient } from '../../import/gateway-client.ts';
import { ImportReport } from '../../import/import-report.ts';
import { kind } from '../../import/kinds/property-register.ts';
import { enterCompanyItself } from '../../demo/enter-company.ts';
import { marked, markedIdentity, markedPhone, markersIn, type Markers } from './markers.ts';

type Servers = { postgres: string; nats: string; directory: string };

/** What came by the gateway: logs of each process, error answers, files that were exported without a reason. */
export type GatewaySearch = { searched: Record<string, number>; failures: string[]; persons: number };

const rows = 20;

function registerOf(markers: Markers): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const name = marked(markers, '王');
    return `1,1,${n + 101},2020-05-01,H-${n + 1},自有,${name}${n},${markedPhone(markers, n)},${markedIdentity(markers, n)},业主`;
  });
  return `楼栋,单元,房号,交付日期,住户编号,产权关系,姓名,电话,证件号,身份\n${lines.join('\n')}\n`;
}

/** Operations whose text or variables hold personal values: answered, refused by a rule, by validation and by the parser. */
const asked = (markers: Markers): { query: string; variables: object }[] => {
  const phone = markedPhone(markers, 1);
  const find = 'query ($text: String!) { callers(text: $text) { matchedBy person { nameMasked } } }';
  const register = `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { person { id } } }`;
  const person = { communityId: 'no id', name: marked(markers, '李'), phone, identityNumber: 'no number' };
  return [
    { query: find, variables: { text: phone } },
    { query: `{ persons(filter: { phone: "${phone}" }) { nodes { nameMasked } } }`, variables: {} },
    { query: register, variables: { input: person } },
    { query: register, variables: { input: { ...person, unknown: marked(markers, '李') } } },
    { query: `{ persons(filter: { phone: "${phone}" }) { nodes { nowhere } } }`, variables: {} },
    { query: `{ persons(filter: { phone: "${phone}" `, variables: {} },
  ];
};

/** Sends marked values through a gateway in a process of its own that logs all it can, then looks for them where it left traces. */
export async function searchGateway(markers: Markers, { directory, postgres, nats }: Servers): Promise<GatewaySearch> {
  const work = path.join(directory, 'gateway');
  const rig = await openPlatformRig({
    directory: work,
    postgres,
    nats,
    prefix: 'privacy',
    services: ['residents'],
    env: { LOG_LEVEL: 'trace' },
  });
  const found: GatewaySearch = { searched: {}, failures: [], persons: 0 };
  const look = (place: string, name: string, data: Buffer): void => {
    found.searched[place] = (found.searched[place] ?? 0) + data.length;
    const held = markersIn(data, markers);
    if (held.length > 0) found.failures.push(`${place}: ${name} holds a ${held.join(' and a ')} in clear`);
  };
  try {
    const url = `${rig.gatewayUrl}/graphql`;
    const client = createGatewayClient({ url, locale: 'en', token: () => Promise.resolve(rig.token) });
    await enterCompanyItself(client, 'a');
    const enter = `mutation ($input: RegisterCommunityInput!) { registerCommunity(input: $input) { community { id } } }`;
    await client(enter, { input: { code: 'P', name: 'P' } });
    const file = path.join(directory, 'register.csv');
    writeFileSync(file, registerOf(markers));
    const opened = await kind.open(file, { community: 'P', locale: 'en' });
    const about = { kind: 'property-register', file, isDryRun: false, ignoredColumns: [] };
    const report = new ImportReport(about, { locale: 'en' });
    await opened.run(report, client);
    found.persons = report.summary().added;
    for (const { query, variables } of asked(markers)) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${rig.token}` };
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      const { errors } = (await answer.json()) as { errors?: { extensions?: unknown }[] };
      // What a client wrote itself may stand in the words about its document; codes, reasons and paths may not repeat it.
      const told = (errors ?? []).map(({ extensions }) => extensions);
      look('refusals', query.slice(0, 40), Buffer.from(JSON.stringify(told)));
    }
    process.env['STEWARD_TOKEN'] = rig.token;
    const exported = path.join(directory, 'masked.csv');
    await exportCommand(['property-register', exported, '--gateway', url, '--community', 'P'], {
      say: () => undefined,
    });
    look('exports', 'masked.csv', readFileSync(exported));
  } finally {
    delete process.env['STEWARD_TOKEN'];
    await rig.stop();
  }
  for (const name of readdirSync(work).filter((each) => each.endsWith('.log')))
    look('logs behind the gateway', name, readFileSync(path.join(work, name)));
  return found;
}
