import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  if (globalThis.stewardTestServers === undefined) return;
  const { directory, servers } = globalThis.stewardTestServers;
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(directory, { recursive: true, force: true });
}
