/**
 * The client's readers of an index and of tables: the content of a file is changed, and its check made anew, so that the
 * change comes to the reader that takes it apart. Whatever it reads, it answers or refuses within a time and a memory.
 * (What a client does with a damaged file, whose check is wrong, is in tests/js/damage.test.js.)
 *
 * `node fuzz/index.js SECONDS [SEED]`, after the sample site was built to .cache/test-site (`bash tests/run js`). Not
 * guided by what code is reached, unlike the other targets: changes are drawn at random.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';

import { encode, fnv, unframe } from '../themes/default/assets/search/frame.js';
import { ofIndex, ofTables } from '../tests/js/answers.js';
import { random } from '../tests/js/mutations.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SITE = process.env.KAWARABAN_TEST_SITE ?? join(ROOT, '.cache/test-site');
/** Milliseconds in which an answer must come. */
const HANGS = 20_000;
/** Megabytes that a reader may take. */
const MEMORY = 1024;

const clients = {
  search: ofIndex(join(SITE, 'search/')),
  tables: ofTables(['measures.ja', 'public-facilities'].map((name) => join(SITE, `tables/${name}/`))),
};

/** A file as a host gives it that unpacks by itself. @param {string} path */
function read(path) {
  const bytes = readFileSync(path);
  return new Uint8Array(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);
}

/** A changed file with a check that fits. @param {string} path @param {(below: number) => number} number */
function changed(path, number) {
  const bytes = read(path);
  if (path.endsWith('.json')) {
    const text = new TextDecoder().decode(bytes);
    const end = text.lastIndexOf(',"check":"');
    const made = new TextDecoder().decode(change(encode(text.slice(0, end)), number));
    return encode(`${made},"check":"${fnv(encode(made)).toString(16).padStart(8, '0')}"}`);
  }
  const name = basename(path, '.kwb');
  const content = change(unframe(name, bytes), number);
  const end = new DataView(new ArrayBuffer(8));
  end.setUint32(0, content.length, true);
  end.setUint32(4, fnv(content, fnv(encode(name))), true);
  return new Uint8Array([...bytes.subarray(0, 4), ...content, ...new Uint8Array(end.buffer)]);
}

/** Some changes of `bytes`. @param {Uint8Array} bytes @param {(below: number) => number} number */
function change(bytes, number) {
  let made = [...bytes];
  for (let times = 1 + number(4); times > 0; times--) {
    const at = number(made.length + 1);
    const length = number(Math.min(64, made.length - at) + 1);
    switch (number(7)) {
      case 0: made[at] = (made[at] ?? 0) ^ (1 << number(8)); break;
      case 1: made[at] = [0, 1, 127, 128, 255][number(5)] ?? 0; break;
      case 2: made.splice(at, length); break;
      case 3: made.splice(at, 0, ...Array.from({ length: 1 + number(8) }, () => number(256))); break;
      case 4: made.splice(at, 0, ...made.slice(at, at + length)); break;
      case 5: made.splice(at, length, ...Array.from({ length: 5 }, () => 255)); break;
      default: made = made.slice(0, at);
    }
  }
  return new Uint8Array(made.map((byte) => byte & 255));
}

/** Reads changed files until it is stopped; before each, says which. @param {{seed: number}} from */
async function work({ seed }) {
  const paths = new Map();
  for (const [name, client] of Object.entries(clients)) {
    const used = new Set();
    await client(async (path) => (used.add(path), read(path)));
    paths.set(name, [...used]);
  }
  for (let turn = seed; ; turn++) {
    const number = random(Math.imul(turn, 0x9e3779b1));
    const name = /** @type {keyof typeof clients} */ (number(3) ? 'search' : 'tables');
    const own = paths.get(name);
    const path = own[number(own.length)];
    const bytes = changed(path, number);
    parentPort?.postMessage({ turn, path });
    let said = 'answered';
    try {
      await clients[name](async (asked) => (asked === path ? bytes : read(asked)));
    } catch (error) {
      said = error instanceof Error ? error.constructor.name : 'no error';
    }
    parentPort?.postMessage({ turn, said });
  }
}

/** Lets workers read for so many seconds. @param {number} seconds @param {number} seed */
async function watch(seconds, seed) {
  if (!existsSync(join(SITE, 'search/manifest.json'))) throw new Error(`${SITE} is not there: bash tests/run js builds it`);
  const end = Date.now() + seconds * 1000;
  /** @type {Map<string, number>} */
  const counts = new Map();
  const failed = [];
  for (let from = seed; Date.now() < end;) {
    const worker = new Worker(fileURLToPath(import.meta.url), {
      workerData: { seed: from },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    });
    let last = { turn: from, path: '' };
    const why = await new Promise((resolve) => {
      let timer = setTimeout(() => resolve('hangs'), HANGS);
      worker.on('message', (message) => {
        clearTimeout(timer);
        if (message.path) last = message;
        else counts.set(message.said, (counts.get(message.said) ?? 0) + 1);
        if (Date.now() > end) resolve('');
        timer = setTimeout(() => resolve('hangs'), HANGS);
      });
      worker.on('error', (error) => resolve(String(error)));
    });
    await worker.terminate();
    from = last.turn + 1;
    if (why) failed.push(`${why}: turn ${last.turn}, ${last.path}`);
  }
  const sum = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(`index: ${sum} changed files read in ${seconds} s;`, [...counts].map(([said, count]) => `${said} ${count}`).join(', '));
  if (counts.get('answered') === undefined || counts.get('Error') === undefined) failed.push('nothing was answered, or nothing refused');
  if (failed.length === 0) return;
  mkdirSync(join(ROOT, '.cache/fuzz/failed'), { recursive: true });
  writeFileSync(join(ROOT, '.cache/fuzz/failed/index'), `${failed.join('\n')}\n`);
  console.log(failed.join('\n'));
  process.exitCode = 1;
}

if (isMainThread) await watch(Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 1));
else await work(workerData);
