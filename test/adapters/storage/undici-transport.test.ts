import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { UndiciTransport } from '../../../src/adapters/storage/undici-transport';

it('lets requests wait for a warm connection rather than open one for each', async () => {
  let open = 0;
  let most = 0;
  let answered = 0;
  const server = createServer((_request, response) => {
    setTimeout(() => {
      answered += 1;
      response.end('{}');
    }, 5);
  });
  server.on('connection', (socket) => {
    open += 1;
    most = Math.max(most, open);
    socket.once('close', () => (open -= 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/row`;
  const transport = new UndiciTransport();
  try {
    const ask = async () => transport.sendRequest(createPipelineRequest({ url, allowInsecureConnection: true }));
    const answers = await Promise.all(Array.from({ length: 150 }, ask));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answered).toBe(150);
    expect(most).toBeLessThanOrEqual(24);
  } finally {
    await transport.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
