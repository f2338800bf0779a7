// Reloads the page when the site has been rebuilt, shows what is wrong, and lets the person choose
// which day's site is shown.

/** @typedef {{ error: boolean, place: string, message: string, page: string | null }} Problem */
/**
 * @typedef {{ version: number, errors: boolean, report: string, language: string, problems: Problem[],
 *   day: string, drafts: boolean, as_of: string | null }} Build
 */

const WORDS = {
  ja: {
    preview: "プレビュー",
    today: "今日の時点",
    date: "日付を指定",
    drafts: "下書きと公開日前を含める",
    show: "表示",
    none: "指摘はありません",
    problems: (/** @type {number} */ errors, /** @type {number} */ warnings) => `エラー${errors}件、警告${warnings}件`,
    close: "閉じる",
  },
  en: {
    preview: "Preview",
    today: "as of today",
    date: "as of a date",
    drafts: "with drafts and what is not yet due",
    show: "Show",
    none: "no problems",
    problems: (/** @type {number} */ errors, /** @type {number} */ warnings) =>
      `errors: ${errors}, warnings: ${warnings}`,
    close: "close",
  },
};

let version = 0;
const events = new EventSource("/__kawaraban/events");
events.onmessage = (message) => {
  /** @type {Build} */
  const build = JSON.parse(message.data);
  const first = version === 0;
  version = build.version;
  showBar(build);
  if (build.errors) {
    show(build);
  } else if (!first || document.querySelector(".kawaraban-overlay") || !document.querySelector("main")) {
    location.reload();
  }
};

/** @param {Build} build */
function words(build) {
  return build.language === "ja" ? WORDS.ja : WORDS.en;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]>} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** The preview's own parts at the foot of the page, one below the other: none covers another. */
function foot() {
  const found = document.querySelector(".kawaraban-foot");
  const made = found ?? element("div", { className: "kawaraban-foot" });
  if (!found) document.body.append(made);
  return made;
}

/**
 * The bar at the foot of the page: what is shown, what else could be, and what is wrong.
 *
 * @param {Build} build
 */
function showBar(build) {
  const word = words(build);
  const open = document.querySelector(".kawaraban-bar details")?.hasAttribute("open") ?? false;
  document.querySelector(".kawaraban-bar")?.remove();
  const date = element("input", { type: "date", value: build.as_of ?? build.day, name: "date" });
  date.setAttribute("aria-label", word.date);
  const radio = (/** @type {boolean} */ isToday) =>
    element("input", { type: "radio", name: "day", checked: isToday === !build.as_of });
  const today = radio(true);
  const other = radio(false);
  date.oninput = () => {
    other.checked = true;
  };
  const drafts = element("input", { type: "checkbox", name: "drafts", checked: build.drafts });
  const form = element(
    "form",
    {},
    element("strong", {}, `${word.preview} ${build.day}`),
    element("label", {}, today, word.today),
    element("label", {}, other, word.date),
    date,
    element("label", {}, drafts, word.drafts),
    element("button", { type: "submit" }, word.show),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const query = [drafts.checked ? "drafts" : "", other.checked && date.value ? `as_of=${date.value}` : ""];
    fetch(`/__kawaraban/choose?${query.filter(Boolean).join("&")}`, { headers: { "x-kawaraban": "1" } });
  };
  const bar = element("section", { className: "kawaraban-bar", lang: build.language }, form, problems(build, open));
  bar.setAttribute("aria-label", word.preview);
  foot().append(bar);
}

/**
 * @param {Build} build
 * @param {boolean} open
 */
function problems(build, open) {
  const word = words(build);
  if (!build.problems.length) return element("p", {}, word.none);
  const errors = build.problems.filter((problem) => problem.error).length;
  const items = build.problems.map((problem) => {
    const text = `${problem.place}: ${problem.message}`;
    const link = problem.page ? element("a", { href: `/${problem.page}` }, text) : text;
    return element("li", { className: problem.error ? "kawaraban-error" : "" }, link);
  });
  return element(
    "details",
    { open },
    element("summary", {}, word.problems(errors, items.length - errors)),
    element("ul", {}, ...items),
  );
}

/**
 * The report on what is wrong, above the bar.
 *
 * @param {Build} build
 */
function show(build) {
  document.querySelector(".kawaraban-overlay")?.remove();
  const overlay = element("section", { className: "kawaraban-overlay" });
  overlay.setAttribute("role", "alertdialog");
  overlay.setAttribute("aria-label", "kawaraban");
  const text = element("pre", { textContent: build.report, tabIndex: 0 });
  const close = element("button", { type: "button" }, `× ${words(build).close}`);
  close.onclick = () => overlay.remove();
  overlay.append(close, text);
  overlay.onkeydown = (event) => {
    if (event.key === "Escape") overlay.remove();
  };
  foot().prepend(overlay);
  close.focus();
}
