import { createServer } from 'node:net';
import { Complaint } from './project.mjs';

/** Takes a port; whoever calls there meanwhile is sent away at once, as if nobody listened. */
const take = async (port, host) =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => resolve(server.unref()));
  });

const leave = async (server) => new Promise((resolve) => void server.close(resolve));

/**
 * The port that variable `name` asks for, `fallback` when it is not set, a free one for 0. It is kept for us until
 * `release`: installing takes half a minute, and a program that calls out may be given any high port meanwhile.
 * @throws Complaint when it is no port number, or taken (on loopback or on all interfaces).
 */
export async function claimPort(name, fallback) {
  const text = process.env[name] || String(fallback);
  const wanted = Number(text);
  if (!/^\d{1,5}$/.test(text) || wanted > 65535) {
    throw new Complaint(`${name} must be a port number. Example: ${name}=${fallback}`);
  }
  try {
    await leave(await take(wanted, '127.0.0.1'));
    const server = await take(wanted, undefined);
    return { port: server.address().port, release: async () => leave(server) };
  } catch (error) {
    throw new Complaint(
      error.code === 'EADDRINUSE'
        ? `Port ${wanted} (${name}) is in use. Stop the other program, or choose another port: ${name}=${wanted + 1} npm start`
        : `Port ${wanted} (${name}) cannot be used: ${error.code}. Choose another one, for example ${name}=${fallback}.`,
    );
  }
}

/** The port that a program says it listens on ("Listening on 56150"): the Playground takes another when its own is taken. */
export const announcedPort = async (stdout) =>
  new Promise((resolve) => {
    let said = '';
    stdout.on('data', (chunk) => {
      said += chunk;
      const [, port] = /Listening on (\d+)\s/.exec(said) ?? [];
      if (port !== undefined) {
        resolve(Number(port));
      }
    });
  });
