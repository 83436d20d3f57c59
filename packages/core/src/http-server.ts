import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as SocketServer, type AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';

export type Listening = { HOST: string; PORT: number; REUSE_PORT: '0' | '1' };

/** Answers the server's URL once it takes connections. */
export async function listenOn(server: Server, { HOST, PORT, REUSE_PORT }: Listening): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: PORT, host: HOST, reusePort: REUSE_PORT === '1' }, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

export type DrainTimes = {
  /** How long connections on which nothing is under way stay open, for clients that are just about to use them. */
  idleMs: number;
  /** After that long whatever is left is cut. */
  graceMs: number;
};

/**
 * Lets a server be stopped without any client noticing: it takes no new connection, answers what comes on those it has
 * and asks by `connection: close` that the next request use another, and closes what stays idle. To be asked for before
 * the server listens.
 */
export function drainable(server: Server): (times: DrainTimes) => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let isDraining = false;
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    if (isDraining) response.setHeader('connection', 'close');
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return async ({ idleMs, graceMs }) => {
    isDraining = true;
    // What the kernel has accepted for us is taken over before the port is given up: it would be reset otherwise.
    await turn();
    // The server's own `close` would cut idle connections at once, and with them requests that are on their way.
    const closed = new Promise<void>((resolve) => {
      SocketServer.prototype.close.call(server, () => resolve());
    });
    for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
    // For those whose answer had begun without saying so.
    Object.assign(server, { keepAliveTimeout: Math.max(1, idleMs), keepAliveTimeoutBuffer: 0 });
    const closeIdle = setTimeout(() => server.closeIdleConnections(), idleMs);
    const cut = setTimeout(() => server.closeAllConnections(), Math.max(graceMs, idleMs));
    await closed;
    clearTimeout(closeIdle);
    clearTimeout(cut);
    // Its watch over slow requests ends only here.
    server.close();
  };
}
