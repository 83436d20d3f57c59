/** Which workspace may import which: one direction, and no service ever imports another. */
const packages: Record<string, readonly string[]> = {
  core: [],
  db: ['core'],
  auth: ['core'],
  events: ['core', 'db'],
  files: ['core', 'db'],
  'service-kit': ['core', 'db', 'auth', 'events', 'files'],
  'test-kit': ['core', 'db', 'auth', 'events', 'files', 'service-kit'],
  documents: [],
  payments: [],
  client: [],
  executor: [],
};

const ofServices = ['core', 'db', 'auth', 'events', 'files', 'service-kit', 'documents', 'payments'];
const ofGateway = ['core', 'auth'];

/** `from` is a workspace directory, `to` a package name without its scope. Tests may use the test kit everywhere. */
export function workspaceMayImport(from: string, to: string, inTest: boolean): boolean {
  if (inTest && to === 'test-kit') return true;
  if (from === 'infra') return true;
  if (from === 'gateway') return ofGateway.includes(to);
  if (from.startsWith('services/')) return ofServices.includes(to);
  return (packages[from.replace('packages/', '')] ?? []).includes(to);
}
