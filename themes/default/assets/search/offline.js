// Reads the index on a page that was opened from a file share: browsers fetch nothing there, but run scripts.
// Each file of the index is one that calls `kawaraban` with its name and its bytes in base64.
if (location.protocol === 'file:') {
  /** @type {Map<string, (bytes: Uint8Array) => void>} */
  const waiting = new Map();
  Object.assign(globalThis, {
    kawaraban(/** @type {string} */ name, /** @type {string} */ text) {
      waiting.get(name)?.(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
      waiting.delete(name);
    },
    kawarabanRead: (/** @type {string} */ url) =>
      new Promise((resolve, reject) => {
        const [, folder, name = ''] = /^(.*\/)([^/]+)$/.exec(url) ?? [];
        waiting.set(name, resolve);
        const script = document.createElement('script');
        script.src = `${folder}offline/${name}.js`;
        script.onload = () => {
          script.remove();
          // A script that did not hand its file over is another one.
          if (waiting.get(name) === resolve) reject(new Error(`${script.src} is damaged`));
        };
        script.onerror = () => reject(new Error(`${script.src} is not there`));
        setTimeout(() => reject(new Error(`${script.src} does not arrive`)), 10_000);
        document.head.append(script);
      }),
  });
}
