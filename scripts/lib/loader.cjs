'use strict';
// Runs the bundle beside it with V8's code cache, which saves more than half of the start (docs/decisions.md).
// Without the cache, or with that of another Node, it runs all the same. The bundle is ASCII.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const file = path.join(__dirname, '__BUNDLE__');
const warming = process.env.FM_ASSISTANT_WARM_UP === '1';

let cachedData;
try {
  cachedData = warming ? undefined : readFileSync(`${file}.cache`);
} catch {
  cachedData = undefined;
}
const source = readFileSync(file, 'latin1');
const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
  filename: file,
  cachedData,
});
// V8 lets the old generation grow to several times of what is live before it collects it: some 500 MB under load where 90
// are in use, and more with each hour. Growing by 45 % costs a few collections more, and no CPU that could be measured
// (docs/performance.md). It is set after the script is compiled, and not where the cache is made: one made under other flags
// is refused.
if (!warming) {
  require('node:v8').setFlagsFromString('--heap-growing-percent=45');
}
script.runInThisContext()(exports, require, module, file, __dirname);
if (warming) {
  setImmediate(() => {
    require('node:fs').writeFileSync(`${file}.cache`, script.createCachedData());
    process.exit(0);
  });
}
