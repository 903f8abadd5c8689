/**
 * `npm start`: installs and builds what is missing, then runs the bot (which brings its embedded storage and, the first
 * time, the sample customers) and the Microsoft 365 Agents Playground, side by side, until Ctrl-C.
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { readDotEnv } from './lib/environment.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { announcedPort, claimPort } from './lib/ports.mjs';
import { answers, startProcess } from './lib/processes.mjs';
import { at, checkNode, Complaint, ROOT, run } from './lib/project.mjs';
import { welcome } from './lib/welcome.mjs';

const running = [];
const stopped = new AbortController();

async function stopAll() {
  stopped.abort();
  await Promise.all(running.map(async ({ stop }) => stop()));
}

/** @throws Complaint when the data cannot be kept there. */
function usableDirectory(directory) {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new Complaint(`DATA_DIR ${directory} cannot be read and written (${error.code}). Example: DATA_DIR=.data`);
  }
  return directory;
}

function playgroundWanted() {
  const value = process.env.PLAYGROUND || 'on';
  if (value !== 'on' && value !== 'off') {
    throw new Complaint('PLAYGROUND must be on or off. Example: PLAYGROUND=on');
  }
  return value === 'on';
}

function startPlayground(port, botPort, dataDir) {
  const cli = at('node_modules', '@microsoft', 'm365agentsplayground', 'cli.js');
  const endpoint = `http://127.0.0.1:${botPort}/api/messages`;
  return startProcess({
    name: 'The Playground',
    args: [cli, 'start', '-e', endpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'],
    cwd: ROOT,
    logFile: join(dataDir, 'playground.out'),
    env: {
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_LOGFILE: join(dataDir, 'playground.log'),
      APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    },
  });
}

const startBot = (port, dataDir) =>
  startProcess({
    name: 'The bot',
    args: [at('dist', 'main.js')],
    cwd: ROOT,
    logFile: join(dataDir, 'bot.log'),
    env: { PORT: String(port), DATA_DIR: dataDir },
  });

/** Rejects when one of the processes ends although nobody asked it to. */
const watched = async (started) => {
  running.push(started);
  const how = await started.ended;
  if (!stopped.signal.aborted) {
    throw new Complaint(
      `${started.name} stopped (${how}); everything else was stopped too. Its log: ${started.logFile}`,
    );
  }
};

async function start() {
  const began = Date.now();
  checkNode();
  readDotEnv();
  const dataDir = usableDirectory(resolve(ROOT, process.env.DATA_DIR || '.data'));
  const wanted = playgroundWanted();
  const bot = await claimPort('PORT', 3978);
  const playground = wanted ? await claimPort('PLAYGROUND_PORT', 56150) : undefined;
  await ensureInstalled();

  const failures = [];
  const ready = [];
  let playgroundPort;
  if (playground !== undefined) {
    await playground.release();
    const started = startPlayground(playground.port, bot.port, dataDir);
    failures.push(watched(started));
    ready.push(
      announcedPort(started.stdout).then(async (port) => {
        playgroundPort = port;
        await answers(`http://127.0.0.1:${port}/`, stopped.signal);
      }),
    );
  }
  await ensureBuilt();
  await bot.release();
  failures.push(watched(startBot(bot.port, dataDir)));
  ready.push(answers(`http://127.0.0.1:${bot.port}/readyz`, stopped.signal));

  await Promise.race([Promise.all(ready), Promise.all(failures)]);
  if (!stopped.signal.aborted) {
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.log(welcome({ botPort: bot.port, playgroundPort, dataDir, seconds }));
  }
  await Promise.all(failures);
  console.log('Stopped. The data stays where it is.');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => void stopAll());
}

await run(async () => {
  try {
    await start();
  } finally {
    await stopAll();
  }
});
