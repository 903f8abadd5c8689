/**
 * Builds `dist/main.js` (the bot) and `dist/cli.js` (the operator's commands): one CommonJS bundle each, packages
 * included, started through a loader with V8's code cache. Does nothing when nothing has changed since the last build.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ensureInstalled } from './lib/install.mjs';
import { at, checkNode, Complaint, ROOT, run } from './lib/project.mjs';

/** OpenTelemetry's packages: a file of its own, so that neither start nor memory pays for them where nobody traces. */
const TRACING = 'src/tracing-sdk.ts';
const ENTRIES = [
  { name: 'main', entry: 'src/main.ts', isPart: (path) => !path.startsWith('src/cli/') && path !== TRACING },
  { name: 'cli', entry: 'src/cli/main.ts', isPart: (path) => path !== TRACING },
];
const STAMP = at('dist', 'build.json');
const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** What decides the outcome beside the sources. */
const toolsKey = () =>
  [
    process.version,
    process.arch,
    ...['package-lock.json', 'scripts/build.mjs', 'scripts/lib/loader.cjs'].map((file) => hashOf(at(file))),
  ].join(' ');

function isUnchanged({ path, mtimeMs, hash }) {
  const file = at(path);
  return existsSync(file) && (statSync(file).mtimeMs === mtimeMs || hashOf(file) === hash);
}

/** Whether `dist` is what a build would make now. */
export function isBuilt() {
  if (!existsSync(STAMP)) {
    return false;
  }
  const { key, inputs, outputs } = JSON.parse(readFileSync(STAMP, 'utf8'));
  return key === toolsKey() && outputs.every((path) => existsSync(at(path))) && inputs.every(isUnchanged);
}

/** Packages that come as CommonJS and as ES modules are taken once, as CommonJS, whoever asks for them. */
const ONE_COPY = {
  name: 'one-copy',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === ONE_COPY || kind === 'require-call' || kind === 'entry-point') {
        return undefined;
      }
      const found = await build.resolve(path, { kind: 'require-call', importer, resolveDir, pluginData: ONE_COPY });
      return found.errors.length > 0 ? undefined : found;
    });
  },
};

/**
 * The prompts of botbuilder-dialogs load recognizers for dates and numbers in many languages, a fifth of the bot's start,
 * which our dialogs never ask: `src/language` reads what people say. So they are loaded when a prompt does ask.
 */
const WHEN_ASKED = {
  name: 'when-asked',
  setup(build) {
    const filter = /^@microsoft\/recognizers-text-/;
    build.onResolve({ filter }, async ({ path, importer, resolveDir, pluginData }) => {
      if (pluginData === WHEN_ASKED || !importer.includes('botbuilder-dialogs')) {
        return undefined;
      }
      const found = await build.resolve(path, { kind: 'require-call', importer, resolveDir, pluginData: WHEN_ASKED });
      return { path: found.path, namespace: WHEN_ASKED.name, pluginData: resolveDir };
    });
    build.onLoad({ filter: /./, namespace: WHEN_ASKED.name }, ({ path, pluginData }) => ({
      resolveDir: pluginData,
      contents: `
        const load = { __esModule: () => true, Culture: () => require('@microsoft/recognizers-text').Culture };
        const ask = (_, key) => (Object.hasOwn(load, key) ? load[key]() : require(${JSON.stringify(path)})[key]);
        module.exports = new Proxy({}, { get: ask });`,
    }));
  },
};

const TRACING_APART = {
  name: 'tracing-apart',
  setup(build) {
    build.onResolve({ filter: /\/tracing-sdk$/ }, () => ({ path: './tracing.js', external: true }));
  },
};

/** The warm-up loads every module once, lazily loaded ones too, and starts nothing: so all of them get into the code cache. */
function entryCode({ entry, isPart }) {
  const modules = readdirSync(at('src'), { recursive: true })
    .map((path) => `src/${path.split(sep).join('/')}`)
    .filter((path) => path.endsWith('.ts') && isPart(path) && !ENTRIES.some((program) => program.entry === path));
  const load = modules.map((path) => `require('./${path}');`).join('\n');
  return `if (process.env.FM_ASSISTANT_WARM_UP === '1') {\n${load}\n} else {\nrequire('./${entry}');\n}`;
}

/**
 * esbuild escapes strings, but not what stands in regular expressions; the loader reads the bundle byte by byte, where a
 * Chinese comma would be three other signs. An escape means the same there.
 */
function escapeRegularExpressions(file) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, escaped));
}

/** What every bundle has in common. */
const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'ascii',
  sourcemap: true,
  sourcesContent: false,
  keepNames: false,
  metafile: true,
  logLevel: 'error',
  external: ['dtrace-provider'],
  // Node's own is deprecated, and Node 22 says so at every start; the URLs of node-fetch (botframework-connector) ask for it.
  alias: { punycode: 'punycode/punycode.js' },
  banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': '__moduleUrl' },
  // A bundle has one file: a dynamic import is a module of it that is run when it is first asked for.
  supported: { 'dynamic-import': false },
};

const sourcesOf = ({ inputs }) =>
  Object.keys(inputs).filter((path) => !path.includes('node_modules/') && existsSync(at(path)));

async function bundle(program, { build }) {
  const { name } = program;
  const stdin = { contents: entryCode(program), resolveDir: ROOT, sourcefile: `${name}-entry.js` };
  const plugins = [TRACING_APART, WHEN_ASKED, ONE_COPY];
  const { metafile } = await build({ ...OPTIONS, stdin, outfile: `dist/${name}.bundle.js`, plugins });
  escapeRegularExpressions(at('dist', `${name}.bundle.js`));
  return sourcesOf(metafile);
}

async function bundleTracing({ build }) {
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: [TRACING],
    outfile: 'dist/tracing.js',
    plugins: [ONE_COPY],
  });
  return sourcesOf(metafile);
}

async function warmUp(name) {
  const loader = readFileSync(at('scripts', 'lib', 'loader.cjs'), 'utf8').replace('__BUNDLE__', `${name}.bundle.js`);
  const file = at('dist', `${name}.js`);
  writeFileSync(file, loader);
  await promisify(execFile)(process.execPath, [file], { env: { ...process.env, FM_ASSISTANT_WARM_UP: '1' } });
}

/** Builds what has changed. @throws Complaint when the sources do not compile. */
export async function ensureBuilt() {
  if (isBuilt()) {
    return;
  }
  console.error('Building …');
  const esbuild = await import('esbuild');
  mkdirSync(at('dist'), { recursive: true });
  const key = toolsKey();
  const bundles = [...ENTRIES.map(async (entry) => bundle(entry, esbuild)), bundleTracing(esbuild)];
  const inputs = await Promise.all(bundles).catch(() => {
    throw new Complaint('The build failed; the compiler says why above.');
  });
  await Promise.all(ENTRIES.map(async ({ name }) => warmUp(name)));
  const stamp = {
    key,
    inputs: [...new Set(inputs.flat())].map((path) => ({
      path,
      mtimeMs: statSync(at(path)).mtimeMs,
      hash: hashOf(at(path)),
    })),
    outputs: [
      'tracing.js',
      ...ENTRIES.flatMap(({ name }) => [`${name}.js`, `${name}.bundle.js`, `${name}.bundle.js.cache`]),
    ].map((file) => join('dist', file)),
  };
  writeFileSync(STAMP, JSON.stringify(stamp));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await run(async () => {
    checkNode();
    await ensureInstalled();
    await ensureBuilt();
  });
}
