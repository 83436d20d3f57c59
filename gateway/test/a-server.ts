import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Listening = { url: string; stop(): Promise<void> };

/** Any HTTP server on a free port. */
export async function listen(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const aServer = (listener: RequestListener): Promise<Listening> => listen(createServer(listener));

/** Takes connections and requests, and never answers. */
export const aHungServer = (): Promise<Listening> => aServer(() => undefined);

/** Keeps every request until it is told the answer; `arrived` is the first one's coming, `left` its caller's going. */
export async function aHoldingServer() {
  const calls = new EventEmitter();
  const waiting: ServerResponse[] = [];
  const [arrived, left] = [once(calls, 'arrived'), once(calls, 'left')];
  const server = await aServer((request, response) => {
    waiting.push(response);
    response.once('close', () => calls.emit('left'));
    request.resume().once('end', () => calls.emit('arrived'));
  });
  const answer = (body: object): void => {
    for (const response of waiting)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  return { ...server, arrived, left, answer };
}

/** An address at which nobody listens any more. */
export async function aDeadAddress(): Promise<string> {
  const server = await aServer(() => undefined);
  await server.stop();
  return server.url;
}

/** Always the same answer. */
export const aCannedServer = (status: number, contentType: string, body: string): Promise<Listening> =>
  aServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': contentType }).end(body);
  });

/** Answers as a GraphQL server that says exactly this. */
export const aSubgraphSaying = (answer: object, status = 200): Promise<Listening> =>
  aCannedServer(status, 'application/json', JSON.stringify(answer));

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
