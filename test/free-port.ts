import { createServer } from 'node:net';

/** Below what Linux (32768), macOS and Windows (49152) give out by themselves. */
const [FIRST, LAST] = [10_000, 32_000];

/**
 * A port for a program that has to be told one: between looking and its listening time passes, so that a port out of the
 * system's own range could be given to any other process meanwhile. Nobody is given these without asking.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) {
      return port;
    }
  }
}

const isFree = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => void server.close(() => resolve(true)));
  });
