import { createServer } from 'node:net';
import { Complaint } from './project.mjs';

const listen = async (port, host) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const { port: taken } = server.address();
      server.close(() => resolve(taken));
    });
  });

/** A port that nobody listens on now. */
export const freePort = async () => listen(0, '127.0.0.1');

/**
 * The port that variable `name` asks for, `fallback` when it is not set, a free one for 0.
 * @throws Complaint when it is no port number, or taken (on loopback or on all interfaces).
 */
export async function claimPort(name, fallback) {
  const text = process.env[name] || String(fallback);
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535) {
    throw new Complaint(`${name} must be a port number. Example: ${name}=${fallback}`);
  }
  if (port === 0) {
    return freePort();
  }
  try {
    await listen(port, '127.0.0.1');
    await listen(port, undefined);
  } catch (error) {
    throw new Complaint(
      error.code === 'EADDRINUSE'
        ? `Port ${port} (${name}) is in use. Stop the other program, or choose another port: ${name}=${port + 1} npm start`
        : `Port ${port} (${name}) cannot be used: ${error.code}. Choose another one, for example ${name}=${fallback}.`,
    );
  }
  return port;
}
