import { connect, type NatsConnection } from '@nats-io/transport-node';

export type { NatsConnection } from '@nats-io/transport-node';

/** The words that names on the wire are made of. `prefix` stands where the type has `steward`. */
export const streamName = (prefix: string, publisher: string): string => `${prefix}-${publisher}`;

/** Aggregate, fact, version: exactly three words, so that requests beside them are not caught by the stream. */
export const streamSubjects = (prefix: string, publisher: string): string => `${prefix}.${publisher}.*.*.*`;

/** The aggregate type that a subject is about. */
export const aggregateOf = (subject: string): string | undefined => subject.split('.').at(-3);

export const subjectOf = (prefix: string, type: string): string => `${prefix}${type.slice('steward'.length)}`;

export const reconcileSubject = (prefix: string, publisher: string): string => `${prefix}.${publisher}.reconcile`;

/** Connects once, then reconnects for ever; a first address that does not answer is an error of the caller's config. */
export async function connectNats(url: string, options: { name?: string } = {}): Promise<NatsConnection> {
  const addresses = url.split(',').map((each) => new URL(each.trim()));
  const [first] = addresses;
  const nats = await connect({
    servers: addresses.map((address) => address.host),
    ...(first?.username ? { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) } : {}),
    ...(options.name === undefined ? {} : { name: options.name }),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
    pingInterval: 5_000,
    maxPingOut: 2,
    // A stack trace made in advance for each request costs more than the request.
    noAsyncTraces: true,
  });
  watchOf(nats);
  return nats;
}

type Watch = { connected: boolean; listeners: Set<() => void> };

const watches = new WeakMap<NatsConnection, Watch>();

function watchOf(nats: NatsConnection): Watch {
  const known = watches.get(nats);
  if (known !== undefined) return known;
  const watch: Watch = { connected: !nats.isClosed(), listeners: new Set() };
  watches.set(nats, watch);
  void (async () => {
    for await (const { type } of nats.status()) {
      if (type !== 'disconnect' && type !== 'reconnect') continue;
      watch.connected = type === 'reconnect';
      for (const listener of watch.listeners) listener();
    }
    watch.connected = false;
    for (const listener of watch.listeners) listener();
  })();
  return watch;
}

export const isConnected = (nats: NatsConnection): boolean => watchOf(nats).connected;

/** Runs `listener` whenever the connection goes or comes back; returns what ends that. */
export function onConnectionChange(nats: NatsConnection, listener: () => void): () => void {
  const { listeners } = watchOf(nats);
  listeners.add(listener);
  return () => listeners.delete(listener);
}
