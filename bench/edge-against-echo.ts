/** A quick look: CPU per echo turn of our edge beside stock botbuilder + restify. `node <bundle> [rounds] [turns]`. */
import { join } from 'node:path';
import { BareConnector, drive, startBot } from './drive';

const rounds = Number(process.argv[2] ?? 2);
const turns = Number(process.argv[3] ?? 6000);

async function main(): Promise<void> {
  const connector = new BareConnector();
  const serviceUrl = await connector.start();
  const activity = (_conversation: number, turn: number): object => ({ type: 'message', text: `hello ${turn}` });
  const bots = ['echo-bot', 'edge-echo'];
  for (let round = 0; round < rounds; round += 1) {
    for (const name of bots) {
      const bot = await startBot(join(__dirname, `${name}.js`), { LOG_LEVEL: process.env.LOG_LEVEL ?? 'info' });
      await drive(bot, { serviceUrl, conversations: 16, turns: turns / 2, activity });
      const measure = await drive(bot, { serviceUrl, conversations: 16, turns, activity });
      const expected = (round * bots.length + bots.indexOf(name) + 1) * turns * 1.5;
      if (connector.posts !== expected) {
        throw new Error(`${connector.posts} replies came, ${expected} were due`);
      }
      console.log(name, { readyMs: Math.round(bot.readyMs), ...measure });
      await bot.stop();
    }
  }
  await connector.close();
}

void main();
