/**
 * **Mutations**: files of a site damaged in every way that a host or a cache damages them. Whatever file it is, a client
 * gives the right answer or an error; it neither gives another answer nor hangs.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** Milliseconds after which an answer counts as hanging. */
const HANGS = 10_000;

/** What a host gives in place of a file that it does not have. */
export const HTML = new TextEncoder().encode('<!doctype html><html lang="ja"><title>404</title><p>お探しのページは見つかりません。</p></html>\n');

/** @typedef {(get: (path: string) => Promise<Uint8Array>) => Promise<string>} Answers all that a client says */

export const read = (/** @type {string} */ path) => new Uint8Array(readFileSync(path));

/** A small generator of numbers, the same in every run. @param {number} seed */
export function random(seed) {
  return (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor(seed / 2 ** 32 * below);
  };
}

/** The same, within a time. @param {Answers} answers @param {Parameters<Answers>[0]} get @returns {Promise<string>} */
const inTime = (answers, get) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => resolve('it hangs'), HANGS);
  answers(get).then(resolve, reject).finally(() => clearTimeout(timer));
});

/**
 * Damages so many files, kind after kind, each in every way, and holds that `answers` refuses them or is right.
 * @param {number} count
 * @param {Map<string, string[]>} byKind paths of the files that `answers` reads
 * @param {Answers} answers
 * @param {{files: string[], manifest: string}} foreign the same of another build
 */
export async function refused(count, byKind, answers, foreign) {
  const right = await answers(async (path) => read(path));
  const number = random(20_261_128);
  const pick = (/** @type {string[]} */ list) => list[number(list.length)] ?? '';
  /** @type {Record<string, (bytes: Uint8Array, path: string, kind: string) => Uint8Array>} */
  const mutations = {
    flip: (bytes) => {
      const at = number(bytes.length);
      return bytes.with(at, (bytes[at] ?? 0) ^ 1 << number(8));
    },
    cut: (bytes) => bytes.slice(0, number(bytes.length)),
    empty: () => new Uint8Array(),
    html: () => HTML,
    foreign: (_, path) => read(path.endsWith('.json') ? foreign.manifest : pick(foreign.files)),
    // A file of the same kind beside the one that was asked for.
    neighbour: (_, path, kind) => read(pick(byKind.get(kind)?.filter((own) => own !== path) ?? []) || pick(foreign.files)),
  };
  const names = Object.keys(mutations);
  const kinds = [...byKind];
  let refused = 0;
  for (let turn = 0; turn < count; turn++) {
    const [kind, paths] = /** @type {[string, string[]]} */ (kinds[turn % kinds.length]);
    const path = pick(paths);
    const name = names[Math.floor(turn / kinds.length) % names.length] ?? '';
    const damaged = mutations[name]?.(read(path), path, kind) ?? new Uint8Array();
    /** @type {unknown} */
    let said;
    try {
      said = await inTime(answers, async (asked) => asked === path ? damaged : read(asked));
    } catch {
      refused += 1;
      continue;
    }
    // A bit of the date in a header of gzip says nothing, for instance.
    assert.ok(said === right, `${name} of ${kind}, mutation ${turn}: another answer`);
  }
  assert.ok(refused > count * 0.9, `only ${refused} were refused`);
}
