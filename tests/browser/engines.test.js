/**
 * **Engines**: Chromium and Firefox cut texts into the same tokens as the build does, and search the built site.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';

import { serve } from './server.js';
import { SITE } from './site.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MINUTES = 3;

/** Each engine's command for a page, with a profile of its own and a window in which the first result can be seen. @type {[string, (profile: string, url: string) => string[]][]} */
const ENGINES = [
  ['Chromium', (profile, url) => [
    process.env.CHROMIUM ?? '/usr/bin/chromium', '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0', '--window-size=1280,1600', `--user-data-dir=${profile}`, url,
  ]],
  ['Firefox', (profile, url) => [process.env.FIREFOX ?? '/usr/bin/firefox-esr', '--headless', '--no-remote', '--profile', profile, url]],
];

describe('an engine agrees with the build, and searches', () => {
  for (const [name, command] of ENGINES) {
    test(name, async () => {
      const server = await serve(ROOT);
      const profile = mkdtempSync(join(tmpdir(), 'kawaraban-profile-'));
      const url = `${server.origin}/tests/browser/engines.html?site=${relative(ROOT, SITE)}&q=${encodeURIComponent('ﾌﾙｻﾄ納税')}`;
      const [program = '', ...options] = command(profile, url);
      const browser = spawn(program, options, { stdio: 'ignore', detached: true, env: { ...process.env, HOME: profile } });
      const failed = new Promise((_, reject) => {
        browser.once('error', reject);
        setTimeout(() => reject(new Error(`${name} has not answered within ${MINUTES} minutes`)), MINUTES * 60_000).unref();
      });
      try {
        const { agent, digests, found } = await Promise.race([server.posted, failed]);
        assert.match(agent, name === 'Firefox' ? /Firefox/ : /Chrome/);
        assert.deepEqual(digests, JSON.parse(readFileSync(join(ROOT, 'tests/analyzer-digests.json'), 'utf8')));
        assert.match(found.status, /^\d+件見つかりました/);
        assert.equal(found.mark, 'ふるさと納税');
      } finally {
        // The browser, and the processes that it has started.
        if (browser.pid) process.kill(-browser.pid, 'SIGKILL');
        await server.close();
        rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      }
    });
  }
});
