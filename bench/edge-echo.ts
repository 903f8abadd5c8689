/** The same echo on our own edge, state untouched: what the edge costs beside `echo-bot.ts`. */
import { MemoryStorage } from 'botbuilder-core';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createTeamsEdge } from '../src/adapters/teams/create-teams-edge';
import { createHttpServer } from '../src/http/server';

const logger = pino({ level: process.env.LOG_LEVEL ?? 'info' });
const edge = createTeamsEdge(
  {
    production: false,
    bot: {
      appId: undefined,
      appType: 'SingleTenant',
      tenantId: undefined,
      password: undefined,
      openIdMetadataUrl: undefined,
      tokenIssuer: undefined,
    },
    serviceUrlHosts: [],
  },
  {
    storage: new MemoryStorage(),
    isConflict: () => false,
    isStorageDown: () => false,
    apology: () => 'Sorry',
    logger,
  },
);
const server = createHttpServer({
  logger,
  registry: new Registry(),
  isReady: async () => true,
  answerActivity: async (request) =>
    edge.answer(request, async (context) => {
      if (context.activity.type === 'message') {
        await context.sendActivity(`Echo: ${context.activity.text}`);
      }
    }),
});
void server.listen(Number(process.env.PORT ?? 0), '127.0.0.1').then((port) => console.log(`listening ${port}`));
