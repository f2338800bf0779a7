/**
 * **A clerk's day**, with the real binary, LibreOffice and a browser: a new site, its workbook filled
 * in with three mistakes, which are read and corrected; the preview with a draft and a day to come;
 * what would change, the build, a step back, and the record of what was published.
 *
 * It takes long, since LibreOffice starts for every save; `bash tests/run long` runs it.
 */

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

import { open, watchedPage } from './site.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');

const folder = mkdtempSync(join(tmpdir(), 'kawaraban-clerk-'));
const city = join(folder, 'city');
const workbook = join(city, 'content/measures/2026.xlsx');

/** @param {string[]} words */
function kawaraban(...words) {
  const root = words[0] === 'new' ? [] : ['--root', city];
  const ended = spawnSync(BINARY, [...words, '--lang', 'ja', ...root], { encoding: 'utf8', input: '' });
  return { status: ended.status, out: ended.stdout, errors: ended.stderr };
}

/** Opens a file in LibreOffice and saves it in another format. @param {string} file @param {string[]} how */
function save(file, ...how) {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  execFileSync('soffice', [profile, '--headless', ...how, '--outdir', folder, file], { stdio: 'ignore' });
}

/** The rows of the workbook by the headers of its columns. @returns {Record<string, string>[]} */
function read() {
  save(workbook, '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1');
  const [header, ...rows] = readFileSync(join(folder, '2026.csv'), 'utf8').replace('\uFEFF', '').trimEnd().split('\n')
    .map((line) => line.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1')));
  return rows.map((row) => Object.fromEntries((header ?? []).map((name, index) => [name, row[index] ?? ''])));
}

/** Writes the rows into the workbook. @param {Record<string, string>[]} rows */
function write(rows) {
  const header = Object.keys(rows[0] ?? {});
  const lines = [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))].map((row) => row.join(','));
  const table = join(folder, '2026.csv');
  writeFileSync(table, `${lines.join('\n')}\n`);
  save(table, '--infilter=CSV:44,34,76,1', '--convert-to', 'xlsx:Calc MS Excel 2007 XML');
  writeFileSync(workbook, readFileSync(join(folder, '2026.xlsx')));
}

if (process.env.KAWARABAN_LONG) {
  test('a clerk makes, previews and publishes a site and takes a step back', async (t) => {
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const made = kawaraban('new', city, '--name', '見本市', '--code', '999997', '--year', '2026', '--departments',
      'planning=企画部,welfare=福祉部');
    assert.equal(made.status, 0, made.errors);

    // Three mistakes, each told with its cell.
    const rows = read();
    const [first, second] = rows;
    assert.ok(first && second, 'the workbook has two examples');
    write([
      { ...first, 達成度: '◎', 実績: '意見を聞きました。', 更新日: '2026年13月1日' },
      { ...second, 部局: '総務部' },
    ]);
    const checked = kawaraban('check');
    assert.equal(checked.status, 1);
    for (const [cell, word] of [['K2', '◎'], ['R2', '2026年13月1日'], ['C3', '総務部']]) {
      const told = checked.errors.split('\n\n').find((part) => part.includes('content/measures/2026.xlsx') && part.includes(`「${word}」`));
      assert.ok(told?.includes(String(cell)), `${cell} ${word}: ${checked.errors}`);
    }
    assert.equal(kawaraban('build').status, 1);
    assert.ok(!existsSync(join(city, 'public')), 'nothing is written');

    // Corrected; a draft and a measure for a later day come to it.
    const correct = [
      { ...first, 達成度: '', 実績: '', 更新日: '2026-10-01' },
      second,
      { ...second, 施策ID: 'halls-2026', 系列: '', 施策名: '集会所の修繕', 施策名_かな: 'しゅうかいじょのしゅうぜん', 下書き: '○' },
      { ...second, 施策ID: 'pools-2026', 系列: '', 施策名: '屋外プールの再開', 施策名_かな: 'おくがいぷーるのさいかい', 公表日: '2031-04-01' },
    ];
    write(correct);
    const sound = kawaraban('check');
    assert.equal(sound.status, 0, sound.errors);

    await preview();

    // Published, with neither the draft nor what is not due.
    const built = kawaraban('build');
    assert.equal(built.status, 0, built.errors);
    assert.match(built.out, /時点の内容です。下書き1件、公開日前1件、公開終了0件は公開していません/);
    const page = (/** @type {string} */ id) => join(city, `public/measures/${id}.html`);
    assert.deepEqual(['halls-2026', 'pools-2026'].map((id) => existsSync(page(id))), [false, false]);
    assert.equal(kawaraban('record').status, 0);

    // A change is shown before it is made, and a step back undoes it.
    const title = first.施策名 ?? '';
    write([{ ...correct[0], 施策名: '地区懇談会の開催' }, ...correct.slice(1)]);
    const changes = kawaraban('diff');
    assert.ok(changes.out.includes(`「${title}」→「地区懇談会の開催」`), changes.out);
    assert.equal(kawaraban('build').status, 0);
    const shown = () => readFileSync(page(first.施策ID ?? ''), 'utf8').replaceAll('<wbr>', '');
    assert.ok(shown().includes('<title>地区懇談会の開催'));
    assert.equal(kawaraban('rollback').status, 0);
    assert.ok(shown().includes(`<title>${title}`));
    assert.equal(kawaraban('rollback').status, 0);
    assert.ok(shown().includes('<title>地区懇談会の開催'));

    // An id that is changed by mistake is noticed before the page is gone.
    write([{ ...correct[0], 施策ID: 'meetings-2026' }, ...correct.slice(1)]);
    const vanished = kawaraban('build');
    assert.equal(vanished.status, 1);
    assert.match(vanished.errors, /施策ID|check::address/);
    assert.ok(shown().includes('<title>地区懇談会の開催'), 'the published site stays');
  });
}

/** Looks at the draft and at what is due later in the preview, and chooses the day. */
async function preview() {
  const serve = spawn(BINARY, ['serve', '--root', city, '--port', '0', '--lang', 'ja'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let origin = '';
  for await (const line of createInterface({ input: /** @type {import('node:stream').Readable} */ (serve.stdout) })) {
    origin = /http:\/\/[\d.:]+/.exec(line)?.[0] ?? '';
    if (origin) break;
  }
  const opened = await open();
  try {
    const { page, close } = await watchedPage({ ...opened, origin });
    const notice = page.getByRole('complementary', { name: 'プレビュー' });
    await page.goto(`${origin}/measures/halls-2026.html`);
    assert.match(await notice.innerText(), /下書き/);
    await page.goto(`${origin}/measures/pools-2026.html`);
    assert.match(await notice.innerText(), /2031年4月1日.*に公開/);

    const bar = page.getByRole('region', { name: 'プレビュー' });
    const heading = page.getByRole('heading', { level: 1 });
    await bar.getByLabel('下書きと公開日前を含める').uncheck();
    await bar.getByRole('button', { name: '表示' }).click();
    await heading.filter({ hasNotText: '屋外プール' }).waitFor();
    await bar.getByLabel('日付を指定').last().fill('2031-04-02');
    await bar.getByRole('button', { name: '表示' }).click();
    await heading.filter({ hasText: '屋外プール' }).waitFor();
    assert.equal(await notice.count(), 0, 'on that day it is public');
    const draft = await page.goto(`${origin}/measures/halls-2026.html`);
    assert.equal(draft?.status(), 404);
    await close();
  } finally {
    await opened.close();
    serve.kill();
  }
}
