import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const PORTS = pathToFileURL(join(__dirname, '..', '..', 'scripts', 'lib', 'ports.mjs')).href;

/** What a script prints that has the ports' functions at hand; they are ES modules, which jest does not load. */
function run(script: string): unknown {
  const code = `
    import { once } from 'node:events';
    import { connect, createServer } from 'node:net';
    import { PassThrough } from 'node:stream';
    import { announcedPort, claimPort } from ${JSON.stringify(PORTS)};
    ${script}`;
  const env = { ...process.env, PORT: '0' };
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    env,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const LISTENS = `const listens = async (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }) => resolve(code));
    server.listen(port, () => void server.close(() => resolve('listens')));
  });`;

describe('ports that npm start claims', () => {
  it('are kept until the program that needs them starts', () => {
    expect(
      run(`${LISTENS}
        const { port, release } = await claimPort('PORT', 3978);
        const before = await listens(port);
        await release();
        console.log(JSON.stringify([before, await listens(port)]));`),
    ).toEqual(['EADDRINUSE', 'listens']);
  });

  it('send callers away meanwhile, and keep nothing running', () => {
    expect(
      run(`
        const { port } = await claimPort('PORT', 3978);
        const socket = connect(port, '127.0.0.1').on('error', () => undefined);
        await once(socket, 'close');
        console.log(JSON.stringify('sent away'));`),
    ).toBe('sent away');
  });

  it('are taken from what the program says it listens on', () => {
    expect(
      run(`
        const stdout = new PassThrough();
        const port = announcedPort(stdout);
        stdout.write('Port 56150 is already in use.\\nListening on 4');
        stdout.write('3003\\n');
        console.log(JSON.stringify(await port));`),
    ).toBe(43003);
  });
});
