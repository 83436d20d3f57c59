import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { stripIgnoredCharacters } from 'graphql';
import { z } from 'zod';

/** How soon one gateway process knows what another was given. */
const POLL_MS = 1_000;

/** Clients are a company's own: what one company registers is nothing to the others. */
export type ClientVersion = { tenantId: string; client: string; version: string };
export type RegisteredOperation = { id: string; name: string; text: string };
export type Registration = ClientVersion & { at: string; operations: RegisteredOperation[] };

const entry = z.object({
  kind: z.enum(['push', 'retire']),
  // Absent in what was registered before companies had lists of their own, which is nobody's now.
  tenantId: z.string().default(''),
  client: z.string(),
  version: z.string(),
  at: z.string(),
  operations: z.array(z.object({ id: z.string(), name: z.string(), text: z.string() })),
});
type Entry = z.infer<typeof entry>;

/** The text by which an operation is known: without blanks, line ends, commas and comments. Throws on what is no GraphQL. */
export const normalised = (text: string): string => stripIgnoredCharacters(text);
export const operationId = (normalisedText: string): string =>
  createHash('sha256').update(normalisedText).digest('hex');

const HASH_LENGTH = 64;
/** Of one company, over all its clients and versions. */
export const MOST_OPERATIONS = 5_000;

/** Under what the gateway keeps an operation's plan: for requests that leave its name out, and for those that give it. */
export const planKeys = ({ id, name }: RegisteredOperation): string[] =>
  name === '' ? [id] : [id, createHash('sha256').update(id).update(name).digest('hex')];

export class TooManyOperations extends Error {}

export type RegisteredOperations = {
  find(of: ClientVersion, id: string): RegisteredOperation | undefined;
  /** Whether a cache keeps under this key what belongs to a registered operation: it is never pushed out. */
  isKept(cacheKey: string): boolean;
  list(tenantId: string): Registration[];
  /** Refused where a company would have more than `MOST_OPERATIONS`. */
  push(of: ClientVersion, operations: RegisteredOperation[]): Promise<void>;
  retire(of: ClientVersion): Promise<void>;
  close(): void;
};

const keyOf = ({ tenantId, client, version }: ClientVersion): string => JSON.stringify([tenantId, client, version]);

/**
 * Operations that clients may send, in a directory that all gateway processes share. Each push or retirement is a file
 * of its own that is written aside, synced and renamed: none is lost to another, and a process that dies leaves nothing
 * half. The state is all of them in the order of their names.
 */
export async function openRegisteredOperations(
  directory: string,
  onAdded: (operations: readonly RegisteredOperation[]) => void,
  onFailure: (error: unknown) => void,
): Promise<RegisteredOperations> {
  await mkdir(directory, { recursive: true });
  const entries = new Map<string, Entry>();
  let current = new Map<string, Registration>();
  let byId = new Map<string, Map<string, RegisteredOperation>>();
  let ids = new Set<string>();
  let kept = new Set<string>();

  const fold = (): void => {
    const next = new Map<string, Registration>();
    for (const [, { kind, operations, ...of }] of [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (kind === 'retire') next.delete(keyOf(of));
      else next.set(keyOf(of), { ...of, operations: merged(next.get(keyOf(of))?.operations ?? [], operations) });
    }
    const all = [...next.values()].flatMap((registration) => registration.operations);
    const added = all.filter(({ id }) => !ids.has(id));
    [current, ids] = [next, new Set(all.map(({ id }) => id))];
    byId = new Map([...next].map(([key, { operations }]) => [key, new Map(operations.map((each) => [each.id, each]))]));
    kept = new Set(all.flatMap(planKeys));
    if (added.length > 0) onAdded(added);
  };
  const read = async (): Promise<void> => {
    const unread = (await readdir(directory)).filter((name) => name.endsWith('.json') && !entries.has(name));
    for (const name of unread) {
      entries.set(name, entry.parse(JSON.parse(await readFile(join(directory, name), 'utf8'))));
    }
    if (unread.length > 0) fold();
  };
  const write = async (change: Entry): Promise<void> => {
    // The time comes first, so that the order of names is that of the changes.
    const name = `${String(Date.now()).padStart(15, '0')}-${randomBytes(8).toString('hex')}.json`;
    const aside = join(directory, `.${name}.new`);
    const file = await open(aside, 'wx', 0o600);
    await file.writeFile(JSON.stringify(change));
    await file.sync();
    await file.close();
    await rename(aside, join(directory, name));
    await read();
  };
  await read();
  const poll = setInterval(() => void read().catch(onFailure), POLL_MS).unref();
  const list = (tenantId: string): Registration[] => [...current.values()].filter((each) => each.tenantId === tenantId);
  const at = (): string => new Date().toISOString();
  return {
    find: (of, id) => byId.get(keyOf(of))?.get(id),
    // The server puts a word of its own before the hash of the text.
    isKept: (cacheKey) => kept.has(cacheKey.slice(-HASH_LENGTH)),
    list,
    push: async (of, operations) => {
      const before = list(of.tenantId).reduce((sum, registration) => sum + registration.operations.length, 0);
      if (before + operations.length > MOST_OPERATIONS) throw new TooManyOperations();
      await write({ kind: 'push', ...of, at: at(), operations });
    },
    retire: (of) => write({ kind: 'retire', ...of, at: at(), operations: [] }),
    close: () => clearInterval(poll),
  };
}

const merged = (before: RegisteredOperation[], added: RegisteredOperation[]): RegisteredOperation[] => [
  ...new Map([...before, ...added].map((operation) => [operation.id, operation])).values(),
];
