/**
 * The unit of measure: an echo bot on stock botbuilder and restify, as the SDK's template makes it.
 * `PORT` 0 takes a free port; the line `listening <port>` on standard output says which.
 */
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, MessageFactory } from 'botbuilder';
import { createServer, plugins } from 'restify';

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(MessageFactory.text(`Echo: ${context.activity.text}`));
      await next();
    });
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new EchoBot();
const server = createServer();
server.use(plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, async (context) => bot.run(context));
});
server.listen(Number(process.env.PORT ?? 0), () => {
  const { port } = server.server.address() as { port: number };
  console.log(`listening ${port}`);
});
