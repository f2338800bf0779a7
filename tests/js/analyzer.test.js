/** The browser's **analyzer** and **plan**, held to the cases that the build is held to. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import * as analyzer from '../../themes/default/assets/search/analyzer.js';
import { plan } from '../../themes/default/assets/search/plan.js';
import { alone, drawn, lines } from './agreement.js';

const { normalise, tokens, useTables, years } = analyzer;

useTables(readFileSync(new URL('../../src/search/analyzer/tables.json', import.meta.url), 'utf8'));
const cases = JSON.parse(readFileSync(new URL('../analyzer-cases.json', import.meta.url), 'utf8'));

const romaji = JSON.parse(readFileSync(new URL('../../src/search/analyzer/romaji.json', import.meta.url), 'utf8'));

test('texts come into normal form', () => {
  for (const [text, normal] of cases.normalise) assert.equal(normalise(text).join(''), normal, text);
});

test('tokens stand where their first code point does', () => {
  for (const [text, expected] of cases.tokens) assert.deepEqual(tokens(normalise(text)), expected, text);
});

test('years are found', () => {
  for (const [text, expected] of cases.years) assert.deepEqual(years(normalise(text)).map(([,, year]) => year), expected, text);
});

test('queries are planned', () => {
  for (const [query, expected] of cases.plans) assert.deepEqual(plan(query, cases.synonyms, { romaji, words: cases.readings }), expected, query);
});

test('build and client agree on every code point, on 100,000 strings, and on the sample content', () => {
  const digests = JSON.parse(readFileSync(new URL('../analyzer-digests.json', import.meta.url), 'utf8'));
  assert.deepEqual(alone(analyzer), digests.alone);
  assert.deepEqual(drawn(analyzer), digests.drawn);
  assert.ok(digests.content.length > 10);
  for (const [path, digest] of digests.content) {
    assert.equal(lines(analyzer, readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')), digest, path);
  }
});
