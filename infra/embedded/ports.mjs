import { createServer } from 'node:net';
import { LaunchError } from './launch-error.mjs';

function listenOnce(port, host) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port, host, exclusive: true }, () => {
      const taken = probe.address().port;
      probe.close(() => resolve(taken));
    });
  });
}

/** A port of the loopback interface that nobody listens on at this moment. */
export function freePort() {
  return listenOnce(0, '127.0.0.1');
}

async function isTaken(port) {
  return listenOnce(port, '127.0.0.1').then(
    () => false,
    () => true,
  );
}

const ATTEMPTS = 3;

/**
 * Starts a server on the wanted port, or else on a free one. Between finding a free port and listening on it another
 * program can take it; then the next one is tried.
 */
export async function startOnPort(wanted, who, start) {
  if (wanted) {
    await requireFreePort(wanted, who, 'choose another port');
    return start(wanted);
  }
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return await start(port);
    } catch (error) {
      if (attempt === ATTEMPTS || !(await isTaken(port))) throw error;
    }
  }
}

/** Refuses with one sentence when somebody else listens on `port`; `remedy` says how to choose another. */
export async function requireFreePort(port, who, remedy, host = '127.0.0.1') {
  try {
    await listenOnce(port, host);
  } catch (error) {
    if (error.code === 'EACCES') {
      throw new LaunchError(`${who} may not listen on port ${port} as this user: ${remedy}.`);
    }
    throw new LaunchError(
      `Port ${port} for ${who} is already in use: stop the program that listens there, or ${remedy}.`,
    );
  }
}
