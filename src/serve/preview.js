// Reloads the page when the site has been rebuilt, and shows what is wrong when it could not be.
let version = 0;
const events = new EventSource("/__kawaraban/events");
events.onmessage = (message) => {
  const build = JSON.parse(message.data);
  const first = version === 0;
  version = build.version;
  if (build.errors) {
    show(build.report);
  } else if (!first || document.querySelector(".kawaraban-overlay") || !document.body.children.length) {
    location.reload();
  }
};

/** @param {string} report */
function show(report) {
  document.querySelector(".kawaraban-overlay")?.remove();
  const overlay = document.createElement("section");
  overlay.className = "kawaraban-overlay";
  overlay.setAttribute("role", "alertdialog");
  overlay.setAttribute("aria-label", "kawaraban");
  const text = document.createElement("pre");
  text.textContent = report;
  text.tabIndex = 0;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "× 閉じる / close";
  close.onclick = () => overlay.remove();
  overlay.append(close, text);
  overlay.onkeydown = (event) => {
    if (event.key === "Escape") overlay.remove();
  };
  document.body.append(overlay);
  close.focus();
}
