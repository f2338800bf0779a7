/** A **browser** on a site that a plain file server sends from a folder. */

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

import { packages } from './packages.js';

const MEDIA_TYPES = new Map(Object.entries({
  '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm',
}));
/** What hosts compress by themselves. */
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.xml']);

/**
 * Serves `folder`, with gzip for texts as static hosts do. `delay` milliseconds pass before an answer.
 * `sent` are the bytes of bodies and headers, whichever thread of the page asked for them.
 * @param {string} folder
 * @param {{delay?: number, compress?: boolean}} [options]
 */
export async function serve(folder, { delay = 0, compress = false } = {}) {
  /** @type {{path: string, bytes: number}[]} */
  const sent = [];
  const server = createServer(async (request, response) => {
    const { socket } = request;
    const before = socket.bytesWritten;
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
    const content = await readFile(join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path))).catch(() => null);
    const ending = extname(path) || '.html';
    const packed = content && compress && COMPRESSED.has(ending) && String(request.headers['accept-encoding']).includes('gzip');
    const body = packed ? gzipSync(content) : content ?? Buffer.from('');
    // As few headers as a host's that sends them compressed (HTTP/2).
    response.sendDate = false;
    response.removeHeader('Connection');
    response.writeHead(content ? 200 : 404, {
      'Content-Type': MEDIA_TYPES.get(ending) ?? 'application/octet-stream',
      'Content-Length': body.length,
      'Cache-Control': 'max-age=3600',
      ...packed ? { 'Content-Encoding': 'gzip' } : {},
    });
    response.end(body, () => sent.push({ path, bytes: socket.bytesWritten - before }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { origin: `http://127.0.0.1:${port}`, sent, close: () => { server.closeAllConnections(); server.close(); } };
}

export const launch = () => packages('playwright-core').chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});

/**
 * Opens `path` of the site in `folder` and gives what `use` makes of the page.
 * @template T @param {string} folder @param {string} path @param {(page: any) => Promise<T>} use @returns {Promise<T>}
 */
export async function browse(folder, path, use) {
  const server = await serve(folder);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${server.origin}/${path}`);
    return await use(page);
  } finally {
    await browser.close();
    server.close();
  }
}
