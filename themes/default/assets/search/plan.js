// The plan of a query, the same as in the build (src/search/plan.rs).
import {
  isDash,
  isSingleKanji,
  isStop,
  kindOf,
  normaliseWithKatakana,
  runs,
  tables,
  tokens,
  wholeYear,
  word,
  years,
} from './analyzer.js';
import { contentOf, isKana, isQuestion, ofParts } from './loose.js';
import { kanaOf } from './romaji.js';
import { stem } from './stem.js';

/** Fewer results of tier A than this are too few for a query of several keywords. */
const FEW = 10;
/** A longer keyword is a sentence. */
const LONGEST_WORD = 12;
/** Of a stretch of kana that is spelt otherwise, at most one of so many may stay. */
const SHARE = 3;
/** At most so many other ways to say a keyword. */
const VARIANTS = 8;
/** At most so many ways to write kana, and words of one reading. */
const WORDS = 4;
/** What a kana costs that stays, beside a word. */
const STAYS = 100;
/** Longer stretches of kana are sentences. */
const LONGEST_KANA = 24;

/** @typedef {[number, string][]} Terms tokens with their distance from the first */
/**
 * @typedef {object} Keyword
 * @property {string} text the keyword in normal form
 * @property {Terms} terms
 * @property {boolean} kanji is it a single kanji?
 * @property {boolean} katakana is it a word in katakana?
 * @property {number | null} year the Western year, where it is one and nothing else
 * @property {boolean} quoted
 * @property {string[]} variants other ways to say it
 * @property {string[]} spelt its kana in the kanji of the site's words
 * @property {string[]} typed what it stands for as romaji, asked for where no text has it
 */
/**
 * @typedef {{romaji: Record<string, string>, words: Record<string, string[]>}} Readings kana by the letters
 *   of a syllable, words of the site by their reading
 */
/**
 * @typedef {{tokens: string[], kanji: string[], years: number[], words: string[][], needed: number, optional:
 *   string[], question: boolean, texts: boolean}} Loose tier B: `words` are phrases, each with other ways to
 *   say it; a `question` has no tier A; do `texts` weigh more than titles?
 */
/**
 * What a query asks for: `loose` is tier B of several words or a sentence, `fragments` that of a single word.
 * @typedef {{keywords: Keyword[], excluded: Keyword[], loose: Loose | null, fragments: Keyword[]}} Plan
 */

/**
 * What `query` asks for.
 * @param {string} query
 * @param {string[][]} [synonyms] groups in normal form
 * @param {Readings} [readings]
 * @returns {Plan}
 */
export function plan(query, synonyms = [], readings = { romaji: {}, words: {} }) {
  /** @type {Keyword[]} */
  const keywords = [];
  /** @type {Keyword[]} */
  const excluded = [];
  /** @type {import('./loose.js').Part[]} */
  const apart = [];
  for (const part of parts(query, synonyms)) {
    const found = keyword(part.text);
    if (!found) continue;
    found.quoted = part.quoted;
    found.katakana = part.text.length >= 2 && part.katakana.every(Boolean);
    if (part.excluded) {
      excluded.push(found);
      continue;
    }
    if (!part.quoted) {
      found.variants = variants(part.text, synonyms);
      found.spelt = spell(part.text, readings);
      found.typed = typed(found.text, synonyms, readings);
      apart.push({ ...part, kanji: found.kanji });
    }
    keywords.push(found);
  }
  const [only] = apart;
  if (only && keywords.length === 1 && isWord(only)) {
    return { keywords, excluded, loose: null, fragments: fragments(only.text) };
  }
  const loose =
    only && keywords.length === 1 && isCode(only.text)
      ? null
      : ofParts(
          apart,
          synonyms.filter((group) => apart.some(({ text }) => wordOf(group, text)[2])),
        );
  return { keywords, excluded, loose, fragments: [] };
}

/**
 * Is a text one word, rather than several words or a sentence? Particles between two words, を, separators, years and
 * its length tell, and grammar beside something else. @param {{text: string[], katakana: boolean[]}} part
 */
function isWord({ text, katakana }) {
  const content = contentOf({ text, katakana }).join('');
  if (/\S/.test(content) && (isQuestion(content) || (/ /.test(content) && !text.every(isKana)))) return false;
  const isHiragana = (/** @type {number} */ at) => isKana(text[at]) && !katakana[at];
  const joins = (/** @type {string} */ char, /** @type {number} */ at) =>
    isHiragana(at) &&
    (char === 'を' || (tables.joins.includes(char) && at > 0 && at + 1 < text.length && !isHiragana(at + 1)));
  return text.length <= LONGEST_WORD && text.every(kindOf) && !years(text).length && !text.some(joins);
}

/** Is a text the number of something, such as 2023-厚労-0123? Its parts say nothing. @param {string[]} text */
function isCode(text) {
  const mentions = years(text);
  const isDigit = (/** @type {string | undefined} */ char) => kindOf(char) === 'D';
  return (
    isDigit(text[0]) &&
    isDigit(text.at(-1)) &&
    text.some(isDash) &&
    text.every((char) => isDash(char) || (kindOf(char) && !isKana(char))) &&
    text.some((char, at) => isDigit(char) && !mentions.some(([start, end]) => at >= start && at < end))
  );
}

/**
 * The pieces of a word that have two thirds of its tokens; pieces of kana alone are parts of too many other words.
 * @param {string[]} text @returns {Keyword[]}
 */
function fragments(text) {
  const list = tokens(text);
  const needed = Math.max(1, Math.ceil((2 * list.length) / 3));
  /** @type {Set<string>} */
  const pieces = new Set();
  for (let at = 0; needed < list.length && at + needed <= list.length; at++) {
    const [[from], [to, last]] = /** @type {any} */ ([list[at], list[at + needed - 1]]);
    const piece = text.slice(from, to + [...last].length);
    if (!piece.every(isKana) && piece.length < text.length) pieces.add(piece.join(''));
  }
  return keywordsOf([...pieces]);
}

/** Is tier B asked, where tier A has found so many? @param {Plan} plan @param {number} found */
export const wantsLoose = ({ keywords, loose }, found) => loose && found < (keywords.length === 1 ? 1 : FEW);

/**
 * The stretches between white space or quotation marks; a synonym of several words is one.
 * @param {string} query
 * @param {string[][]} synonyms
 */
function parts(query, synonyms) {
  const { chars, katakana } = normaliseWithKatakana(query);
  const joins = synonyms
    .flat()
    .filter((word) => word.includes(' '))
    .flatMap((word) => {
      const at = placeOf([...word], chars);
      return at < 0 ? [] : [...word].map((char, index) => (char === ' ' ? at + index : -1));
    });
  const empty = (quoted = false, excluded = false) => ({
    text: /** @type {string[]} */ ([]),
    katakana: /** @type {boolean[]} */ ([]),
    quoted,
    excluded,
  });
  let part = empty();
  const list = [part];
  let quotes = false;
  chars.forEach((char, at) => {
    if ('"“”'.includes(char)) {
      quotes = !quotes;
      list.push((part = empty(quotes, !part.text.length && part.excluded && quotes)));
    } else if (!quotes && !joins.includes(at) && (char === '、' || /\s/.test(char)))
      list.push((part = empty()));
    else if (!quotes && !part.text.length && !part.excluded && isDash(char)) part.excluded = true;
    else {
      part.text.push(char);
      part.katakana.push(katakana[at] ?? false);
    }
  });
  return list;
}

/** Is a keyword what every English sentence has? @param {Keyword} keyword */
export const isGrammar = ({ terms }) => terms.every(([, term]) => isStop(term));

/** The keywords of texts in normal form. @param {string[]} texts */
export const keywordsOf = (texts) => texts.flatMap((text) => keyword([...text]) ?? []);

/** @param {string[]} normal @returns {Keyword | null} */
function keyword(normal) {
  const stretches = runs(normal);
  /** @type {Terms} */
  let terms = [];
  /** @type {Terms} */
  const stray = [];
  for (const run of stretches) {
    const { start, end } = run;
    if (run.kind !== 'J') terms.push([start, word(normal, run)]);
    else if (end - start === 1) (run.before || run.after ? terms : stray).push([start, normal[start] ?? '']);
    else terms.push(...cover(normal, start, end));
  }
  if (!terms.length) terms = stray;
  const first = terms[0];
  if (!first) return null;
  return {
    text: normal.join(''),
    terms: terms.map(([at, term]) => [at - first[0], term]),
    kanji: stretches.length === 1 && terms.length === 1 && isSingleKanji(first[1]),
    katakana: false,
    year: wholeYear(normal),
    quoted: false,
    variants: [],
    spelt: [],
    typed: [],
  };
}

/**
 * Every second pair, and the last to close the run.
 * @param {string[]} normal
 * @param {number} start
 * @param {number} end
 */
function cover(normal, start, end) {
  /** @type {Terms} */
  const pairs = [];
  for (let at = start; at < end - 2; at += 2) pairs.push([at, `${normal[at]}${normal[at + 1]}`]);
  pairs.push([end - 2, `${normal[end - 2]}${normal[end - 1]}`]);
  return pairs;
}

/** A synonym in place of a word, a last ー left out. @param {string[]} normal @param {string[][]} synonyms */
function variants(normal, synonyms) {
  /** @type {Set<string>} */
  const found = new Set();
  if (normal.length > 2 && normal.at(-1) === 'ー') found.add(normal.slice(0, -1).join(''));
  for (const group of synonyms) {
    const [own, at, length] = wordOf(group, normal);
    for (const other of length ? group : [])
      if (other !== own) found.add(normal.slice(0, at).join('') + other + normal.slice(at + length).join(''));
  }
  return [...found].slice(0, VARIANTS);
}

/**
 * The longest word of a group that the keyword has, where it begins and its length, 0 where there is none. A whole
 * keyword may be another form of it.
 * @param {string[]} group @param {string[]} normal @returns {[string, number, number]}
 */
function wordOf(group, normal) {
  /** @type {[string, number, number]} */
  let found = ['', 0, 0];
  for (const word of group) {
    const isWhole = stem(word) === stem(normal.join(''));
    const place = isWhole ? 0 : placeOf([...word], normal);
    const size = isWhole ? normal.length : [...word].length;
    if (place >= 0 && size > found[2]) found = [word, place, size];
  }
  return found;
}

/**
 * The other ways to write `normal`: each stretch of kana in the words that are read so.
 * @param {string[]} normal
 * @param {Readings} readings
 */
function spell(normal, readings) {
  let found = [''];
  const own = normal.join('');
  for (const [stretch] of normal
    .map((char) => (isKana(char) ? char : `\n${char}\n`))
    .join('')
    .matchAll(/[^\n]+/g)) {
    const ways = waysOf([...stretch], readings);
    found = found.flatMap((before) => ways.map((way) => before + way)).slice(0, WORDS);
  }
  return found.filter((way) => way !== own);
}

/** The ways to write a stretch with as few kana left as can be. @param {string[]} stretch @param {Readings} readings */
function waysOf(stretch, readings) {
  const own = [stretch.join('')];
  if (stretch.length > LONGEST_KANA) return own;
  // For each end of the stretch, by its length: what it costs, and its ways.
  /** @type {[number, string[]][]} */
  const best = [[0, ['']]];
  for (let length = 1; length <= stretch.length; length++) {
    const rest = stretch.slice(-length);
    let [cost, ways] = best[length - 1] ?? [0, []];
    cost += STAYS;
    ways = ways.map((way) => rest[0] + way);
    for (let size = 2; size <= length; size++) {
      const words = readings.words[rest.slice(0, size).join('')];
      const [more = 0, others = []] = best[length - size] ?? [];
      if (!words || more + 1 > cost) continue;
      if (more + 1 < cost) ways = [];
      cost = more + 1;
      ways.push(...words.flatMap((word) => others.map((other) => word + other)));
    }
    best.push([cost, ways.slice(0, WORDS)]);
  }
  const [cost, ways] = best.at(-1) ?? [0, own];
  return Math.floor(cost / STAYS) * SHARE <= stretch.length ? ways : own;
}

/**
 * The kana that a word stands for as romaji, and the other ways to say that; few kana only where there is
 * another way.
 * @param {string} word
 * @param {string[][]} synonyms
 * @param {Readings} readings
 */
function typed(word, synonyms, readings) {
  const kana = /^[a-z]{4,}$/.test(word) ? [...kanaOf(word, readings.romaji)] : [];
  const others = [...variants(kana, synonyms), ...spell(kana, readings)];
  return kana.length > 2 || others.length ? [kana.join(''), ...others] : [];
}

/** Where `chars` stand in `normal`, not within a longer word. @param {string[]} chars @param {string[]} normal */
function placeOf(chars, normal) {
  if (!chars.length || (chars.length === 1 && normal.length > 1)) return -1;
  const goesOn = (/** @type {number} */ at) =>
    'WD'.includes(kindOf(normal[at]) || '-') && kindOf(normal[at]) === kindOf(normal[at + 1]);
  return normal.findIndex(
    (_, at) =>
      chars.every((char, index) => char === normal[at + index]) &&
      !goesOn(at - 1) &&
      !goesOn(at + chars.length - 1),
  );
}
