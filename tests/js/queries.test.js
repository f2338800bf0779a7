/**
 * **What people type**, and what comes first: on small sites made for it, in tantivy and in the client alike. Beside each
 * query that was reported stands one of the same kind in other words.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { normalise } from '../../themes/default/assets/search/analyzer.js';
import { Index } from '../../themes/default/assets/search/index.js';
import { plan } from '../../themes/default/assets/search/plan.js';
import { search } from '../../themes/default/assets/search/score.js';
import { slips } from '../../themes/default/assets/search/slips.js';
import { meant } from '../../themes/default/assets/search/suggest.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SHARED = process.env.KAWARABAN_SHARED ?? join(ROOT, '../shared');
const SITE = process.env.KAWARABAN_TEST_SITE ?? join(ROOT, '.cache/test-site');
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');

const folder = mkdtempSync(join(tmpdir(), 'kawaraban-queries-'));
after(() => rmSync(folder, { recursive: true }));

/** Each measure: id, title, direction. @type {[string, string, string][]} */
const MEASURES = [
  ['seminar', '制度の説明会', 'あらかじめ申し込みの必要な説明会を開きます。かならずしも来場は要りません。'],
  ['sports', 'スポーツの振興', 'スポーツに親しむ機会を増やします。'],
  ['summer', '夏休み水道教室', '子どもの生活に身近な水を学び、水源を保護する大切さを伝えます。'],
  ['job', 'ハローワークマッチング', '仕事を探す人と会社を結びます。サテライトも開きます。'],
  ['bear', '有害な鳥獣への対策', '山から出てくるクマに備え、ライトで照らします。'],
  ['exchange', '姉妹都市との交流', 'ロッテルダム市と交流します。'],
  ['dam', '水をためる施設', '古いダムを点検します。'],
  ['people', '窓口の改善', '相談に来た人は1,870人、電話は７，０３４件でした。'],
  ['money', '基金の管理', '残高は12,345,678円です。'],
  ['programme', '就労の支援', '事業番号は2023-厚労-0123です。'],
  ['school', '学校の給食', '事業番号は2024-文科-0045です。'],
  ['line', '困りごとの窓口', '電話は087-839-2000です。'],
  ['mobile', '休日の当番', '電話は（090）1234-5678です。'],
  ['welfare', '生活保障の制度', '暮らしに困った人を支えます。'],
  ['handrail', '安全な通行', '坂道に手すりを付け、長く使えるように毎年点検して記録を残します。'],
  ['paint', 'まちの美化', '手すりを塗ります。手すりを磨きます。坂道を掃きます。坂道を洗います。'],
  ['bench', '憩いの場', '木陰とベンチのある広場を、地元の人が話し合いながら少しずつ作ります。'],
  ['shade', '夏への備え', 'ベンチを置きます。ベンチを直します。木陰を作ります。木陰を広げます。'],
  ['bridge', '対岸への往来', '古い橋を直します。'],
  ['girder', '構造物の台帳', '橋梁の写真と橋梁の図面を集めます。'],
  ['forest', '里山の保全', '身近な森に親しむ日を設け、歩きやすい小道を作ります。'],
  ['timber', '木材の活用', '森林を育て、森林から木材を出します。'],
  ['plus', 'F#とVB.NETの教室', ''],
  ['and', 'B&B開業とP&G見学', ''],
  ['virus', 'SARS-2検査の体制', ''],
  ['version', '版v2.5.1とRev.3.0の改定', ''],
  ['mail', '問合せkoho@town.example.jpまで', ''],
  ['tech', '6Gと2K画質の研究', ''],
  ['dash', 'C/Dランクとe-sports支援', ''],
  ['tentative', '（仮称）北部プール', ''],
  ['printer', 'プリンタ交換', ''],
  ['printers', 'プリンター交換', ''],
  ['emoji', '🌸花見の案内', ''],
  ['kanji', '𩸽漁の支援', ''],
  ['prototype', 'valueOfと__defineGetter__の説明', ''],
  ['wave', '海岸〜山地の道', ''],
  ['percent', '25%増', ''],
  ['number', '№8水門', ''],
  ['half', 'ｷｬﾝﾌﾟ場整備', ''],
  ['old', '髙槻市濵田', ''],
  ['wide', '２０２号室', ''],
  ['year', '一九九八年度の記録', ''],
  ['era', '平成十年度', ''],
];

/** More measures, with the reading of the title and English: id, title, kana, direction, direction_en. @type {[string, string, string, string, string][]} */
const READ = [
  ['stores', '食料の備え', 'しょくりょうのそなえ', '毛布と水を備蓄します。災害の備蓄品を点検します。', 'Supplies.'],
  ['shelter', '避難訓練の記録', 'ひなんくんれんのきろく', '記録を公開します。', 'The city publishes what was recorded.'],
  ['drill', '自治会への助成', 'じちかいへのじょせい', '地区の防災訓練を助成します。', 'The city pays for what neighbourhoods do.'],
  ['works', '道路整備の進行', 'どうろせいびのしんこう', '工事の進みを管理します。', 'The works are managed.'],
  ['river', '川べりの工事', 'かわべりのこうじ', '河川整備の工事をします。', 'The banks are made safe.'],
  ['home', '返礼の品', 'へんれいのしな', 'ふるさとを応援する寄附を受けます。', 'The city accepts gifts.'],
  ['lend', '本の貸出', 'ほんのかしだし', '本を貸します。', 'Each library lends books to people who planned a day of reading.'],
  ['race', '市民の大会', 'しみんのたいかい', '大会を開きます。', 'Anyone can run; the city supplies water.'],
  ['refuse', '資源の分別', 'しげんのぶんべつ', 'ごみを分けて出します。', 'Everything is sorted.'],
  ['care', '預かりの場', 'あずかりのば', '保育の場を増やします。', 'More places.'],
];

/** Builds a site and opens its index. @param {string} root @param {string} name */
async function open(root, name) {
  const site = join(folder, `${name}-site`);
  const built = spawnSync(BINARY, ['build', '--root', root, '--out', site, '--format', 'short'], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stdout + built.stderr);
  return openBuilt(root, site);
}

/** Opens the index of the site that was built from `root`. @param {string} root @param {string} site */
async function openBuilt(root, site) {
  const index = await Index.open(join(site, 'search/'), async (path) => new Uint8Array(readFileSync(path)));
  index.slips = (own) => slips(index, own);
  /** The first result in tantivy and in the client. @param {string[]} queries */
  return async (queries) => {
    const answered = spawnSync(BINARY, ['search', '--root', root, '--each-line', '--json', '--limit', '1000'], { input: `${queries.join('\n')}\n`, encoding: 'utf8' });
    assert.equal(answered.status, 0, answered.stderr);
    const answers = answered.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
    return Promise.all(queries.map(async (query, at) => {
      const planned = plan(query, index.synonyms, index.readings);
      const { hits, total } = await search(index, planned);
      assert.equal(total, answers[at].total, `how many ${query} finds`);
      const found = await Promise.all(hits.map(async ({ document }) => (await index.document(document)).url));
      assert.equal(found[0], answers[at].hits[0]?.url, `the first result of ${query}`);
      const near = hits[0]?.tier === 'A' ? [] : await meant(index, planned, normalise);
      assert.deepEqual(near, answers[at].meant, `what ${query} may have meant`);
      return { query, found: found.map((url) => url.replace(/^measures\/|\.html(#.*)?$/g, '')), tiers: hits.map(({ tier }) => tier), near };
    }));
  };
}

/** @type {ReturnType<typeof open> | undefined} */
let made;
const ask = async (/** @type {string[]} */ ...queries) => {
  made ??= (async () => {
    const write = (/** @type {string} */ path, /** @type {string} */ text) => {
      mkdirSync(join(folder, 'content', path, '..'), { recursive: true });
      writeFileSync(join(folder, 'content', path), text);
    };
    write('site.toml', `title = "見本"\nbase_url = "https://example.org/"\n\n[publisher]\nname = "見本市"\ncode = "131016"\n
[[ratings]]\nid = "met"\nlabel = "達成"\nmeaning = "目標に届いた。"\ntone = "good"\n`);
    write('departments.csv', 'id,name\r\nplanning,企画部\r\n');
    write('topics.csv', 'id,name,name_kana\r\nescape,避難,ヒナン\r\nsafety,防災,ボウサイ\r\nroads,道路,ドウロ\r\n');
    write('synonyms.csv', 'ごみ,garbage,waste\r\n保育,child care\r\n備蓄,びちく\r\nバス,路線バス\r\n');
    const rows = MEASURES.map(([id, title, direction]) => `${id},2022,planning,met,"${title}","${direction || title}"`);
    write('measures/list.csv', `id,fiscal_year,department,rating,title,direction\r\n${rows.join('\r\n')}\r\n`);
    const read = READ.map(([id, title, kana, direction, english]) => `${id},2022,planning,met,${title},${kana},${direction},"${english}"`);
    write('measures/read.csv', `id,fiscal_year,department,rating,title,kana,direction,direction_en\r\n${read.join('\r\n')}\r\n`);
    return open(folder, 'made');
  })();
  return (await made)(queries);
};

/** @param {string} name @param {any[]} cases */
function describe(name, cases) {
  for (const [query, expected] of cases) {
    test(`${name}: ${query}`, async () => {
      const [answer] = await ask(query);
      assert.deepEqual(answer?.found.slice(0, Math.max(1, expected.length)), expected);
    });
  }
}

describe('a word that no text has finds nothing that only looks like it', [
  ['いじめ', []], ['かじる', []], ['パスポート', []], ['テレポート', []], ['生活保護', ['welfare']], ['水道保護', []],
]);

describe('a word in katakana comes before one that only contains it', [
  ['クマ', ['bear', 'job']], ['ダム', ['dam', 'exchange']], ['ライト', ['bear', 'job']],
]);

describe('a kanji that is a word comes before one within a longer word', [
  ['橋', ['bridge', 'girder']], ['森', ['forest', 'timber']],
]);

describe('a text that has the keywords in their order and near each other comes first', [
  ['坂道 手すり', ['handrail', 'paint']], ['木陰 ベンチ', ['bench', 'shade']],
  // In the other order they are not near each other, and the one that says them more often comes first.
  ['手すり 坂道', ['paint', 'handrail']],
]);

describe('a number is one, however it is written', [
  ['7034', ['people']], ['７０３４', ['people']], ['7,034', ['people']], ['1870人', ['people']], ['1,870人', ['people']],
  ['12345678円', ['money']], ['12,345,678', ['money']], ['１２，３４５，６７８円', ['money']],
]);

describe('numbers of programmes and telephones', [
  ['2023-厚労-0123', ['programme']], ['2024-文科-0045', ['school']],
  ['087-839-2000', ['line']], ['0878392000', ['line']], ['０８７－８３９－２０００', ['line']],
  ['090-1234-5678', ['mobile']], ['09012345678', ['mobile']], ['programme', ['programme']],
]);

describe('kana find the kanji of texts, by the readings that the site gives', [
  ['防災くんれん', ['drill']], ['ぼうさいくんれん', ['drill']], ['ボウサイのくんれん', []], ['"くんれん"', ['shelter']],
  ['河川せいび', ['river']], ['びちく', ['stores']], ['びちくひん', []], ['びちく品', ['stores']], ['かせんせいび', []],
]);

describe('romaji that was typed by a slip finds kana and kanji', [
  ['furusato', ['home']], ['hurusato', ['home']], ['bousaikunren', ['drill']], ['BOUSAIKUNRENN', ['drill']], ['douroseibi', ['works']],
  // Where a text has the word, it is no romaji; few kana are not looked for.
  ['home', ['home']], ['site', []],
]);

describe('English words are found in their other forms', [
  ['libraries', ['lend']], ['library', ['lend']], ['running', ['race']], ['runs', ['race']], ['planning days', ['lend']], ['supply', ['race']],
  ['Libraries', ['lend']], ['planetarium', []],
]);

describe('a synonym in English finds what is written in Japanese', [
  ['garbage', ['refuse']], ['waste', ['refuse']], ['child care', ['care']], ['Child Care places', ['care']], ['childcare', []],
]);

describe('titles of every kind of sign are found by themselves', MEASURES.slice(MEASURES.findIndex(([id]) => id === 'plus')).map(([id, title]) => [title, [id]]));

test('a word that is nowhere is answered by words of titles that are near', async () => {
  const [written, shared] = await ask('ハローワークマッチンク', 'スポーツ教室');
  assert.deepEqual(written?.near, ['ハローワークマッチング']);
  assert.ok(shared?.near.includes('スポーツ'), JSON.stringify(shared));
});

/** On the sample content: what comes first, or null for nothing. @type {[string, [string, string | null][]][]} */
const SAMPLE = [
  ['a word that is nowhere', [['いじめ', null], ['もうしこみ', null], ['パスポート', null], ['アパート', null], ['生活保護', null], ['道路保護', null], ['ダム', null], ['ロープ', null]]],
  ['numbers', [['7034', 'fire-response-2022'], ['７，０３４', 'fire-response-2022'], ['7,034', 'fire-response-2022'], ['1870人', 'library-culture-2022'], ['1,870人', 'library-culture-2022']]],
  ['numbers of programmes and telephones that are nowhere', [['2023-厚労-0123', null], ['2022-土木-0045', null], ['087-839-2000', null], ['0120-123-456', null]]],
  ['kana', [['びちく', 'plan/safety'], ['ビチク', 'plan/safety'], ['ほいくしょ', 'data/public-facilities/rows/1']]],
  ['romaji', [['furusato', 'comprehensive-plan-2023'], ['toshokan', 'data/library-use-all'], ['tosyokan', 'data/library-use-all']]],
  ['English', [['library', 'library-culture-2023'], ['libraries', 'library-culture-2023'], ['roads', 'safe-roads-2023'], ['repaired', 'safe-roads-2023']]],
  ['synonyms', [['garbage', 'waste-reduction-2022'], ['elderly', 'elder-care-2023'], ['stockpiles', 'plan/safety'], ['路線バス', 'community-bus-2020'], ['コミュニティバス', 'community-bus-2020'], ['新型コロナウイルス感染症', 'policies/2021-health-welfare']]],
  ['questions', [['子どもの医療費の助成を受けるには', 'child-rearing-2023'], ['高校生の医療費は無料ですか', 'child-rearing-2023'], ['ふるさと納税の使い道を知りたい', 'comprehensive-plan-2023']]],
  ['questions of citizens in Japanese', [
    ['ごみを減らすために市は何をしましたか', 'waste-reduction-2023'], ['ごみを減らすにはどうすればいいですか', 'waste-reduction-2023'],
    ['ごみの量は減っていますか', 'waste-reduction-2020'], ['空き家をどうにかしてほしい', 'vacant-houses-2022'],
    ['空き家が増えて困っています', 'vacant-houses-2020'], ['水道料金はなぜ上がったのですか', 'policies/2022-waterworks'],
    ['避難情報はどうやって届きますか', 'disaster-information-2023'], ['お年寄りの見守りはどうなっていますか', 'elder-care-2023'],
    ['認知症の家族がいて困っています', 'elder-care-2020'], ['不登校の子どもはどこで学べますか', 'policies/2023-education'],
    ['部活動はこれからどうなりますか', 'school-workstyle-2023'], ['救急車はどれくらいで来ますか', 'fire-response-2022'],
    ['AEDはどこにありますか', 'data/aed-locations'], ['オンラインで手続きできますか', 'online-procedures-2023'],
    ['住民票をコンビニで取れますか', 'citizen-counter-2020'], ['二酸化炭素はどれだけ減りましたか', 'carbon-neutral-2020'],
    ['太陽光発電の補助金はもらえますか', 'carbon-neutral-2022'], ['道路の段差を直してほしい', 'safe-roads-2020'],
    ['歩道を広くしてください', 'plan/city-space'], ['市の人口は何人ですか', 'data/population'],
    ['ヤングケアラーを助けるために', 'hardship-support-2023'],
    ['待機児童は何人ですか', 'child-rearing-2021'], ['バスに乗りたい', 'community-bus-2022'],
    ['図書館はどこにありますか', 'data/library-use-all'], ['図書館はどこ', 'data/library-use-all'],
    ['給食について教えて', 'farming-2023'], ['人口が知りたい', 'data/population'],
    ['外国人の市民のための取り組み', 'public-relations-2023'], ['イベントの予定が知りたい', 'data/event-calendar'],
    ['引っ越しの手続の方法', 'citizen-counter-2021'], ['ごみの出し方を教えてください', 'waste-reduction-2020'],
    ['がん検診を受けたい', 'infectious-disease-2022'], ['観光客を増やすために何をしましたか', 'tourism-2023'],
    ['いじめについて市は何をしていますか', null], ['保育園の待機児童を教えてください', 'child-rearing-2021'],
    ['浸水を防ぐために何をしていますか', 'storm-drainage-2023'], ['市民の声はどこに届けますか', 'public-relations-2023'],
    ['農業を始めたい', 'farming-2020'], ['耐震化はどこまで進みましたか', 'water-pipes-2023'],
  ]],
  ['questions of citizens in English', [
    ['What is the city doing about garbage?', 'waste-reduction-2023'], ['How do I reduce garbage?', 'waste-reduction-2023'],
    ['Where is the library?', 'library-culture-2023'], ['How many children are waiting for nursery places?', 'child-rearing-2021'],
  ]],
];
/** @type {ReturnType<typeof openBuilt> | undefined} */
let sample;
for (const [name, cases] of SAMPLE) {
  test(`on the sample content: ${name}`, async () => {
    sample ??= openBuilt(ROOT, SITE);
    const answers = await (await sample)(cases.map(([query]) => query));
    assert.deepEqual(answers.map(({ query, found }) => [query, found[0] ?? null]), cases);
  });
}

const scout = join(SHARED, 'cases/scout-44-search');
test('titles that were reported are found by themselves', { skip: existsSync(scout) || process.env.KAWARABAN_REQUIRE_SHARED === '1' ? false : `there is no ${scout}` }, async () => {
  const queries = readFileSync(join(scout, 'queries.txt'), 'utf8').trimEnd().split('\n');
  const answers = await (await open(scout, 'scout'))(queries);
  for (const [at, { query, found }] of answers.entries()) assert.equal(found[0], `m${String(at).padStart(2, '0')}`, query);
});
