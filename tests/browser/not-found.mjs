// The page for unknown addresses, in a real browser, as GitHub Pages serves it: at any depth, under a base path.
//
//     node not-found.mjs MODULES SITE BASE      MODULES is a folder whose node_modules holds playwright-core
//
// Prints what is wrong, a line each, and ends with 1; silent and 0 when all is well.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';

const [modules, site, base] = process.argv.slice(2);
const { chromium } = createRequire(path.join(path.resolve(modules), 'x.js'))('playwright-core');
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** The file that GitHub Pages serves for a path, or null. */
function file(address) {
  if (!address.startsWith(base)) return null;
  const plain = path.join(site, address.slice(base.length));
  const candidates = [plain, `${plain}.html`, path.join(plain, 'index.html')];
  return candidates.find(name => fs.existsSync(name) && fs.statSync(name).isFile()) ?? null;
}

const server = http.createServer((request, response) => {
  const found = file(decodeURIComponent(new URL(request.url, 'http://x').pathname));
  const served = found ?? path.join(site, '404.html');
  response.writeHead(found ? 200 : 404, { 'content-type': TYPES[path.extname(served)] ?? 'application/octet-stream' });
  response.end(fs.readFileSync(served));
});
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const wrong = [];
const executablePath = process.env.CHROME_PATH || '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'] });
const page = await browser.newPage();
page.on('response', response => {
  if (response.status() !== 200 && !response.request().isNavigationRequest()) wrong.push(`${response.url()} answers ${response.status()}`);
});
page.on('pageerror', error => wrong.push(`script: ${error}`));

const answer = await page.goto(`${origin}${base}no/such/folder/page`, { waitUntil: 'load' });
if (answer.status() !== 404) wrong.push(`the unknown address answers ${answer.status()}`);
if (await page.locator('h1').count() !== 1) wrong.push('there is no heading');
const rules = await page.evaluate(() => [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0));
if (rules < 20) wrong.push(`the page has ${rules} rules of style`);
const links = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map(link => link.href));
const inside = [...new Set(links.filter(link => link.startsWith(origin)).map(link => link.split('#')[0]))];
const own = inside.filter(link => !link.endsWith('/no/such/folder/page'));
if (own.length === 0) wrong.push('the page has no link into the site');
for (const link of own) {
  const { status } = await page.request.get(link).then(reply => ({ status: reply.status() }));
  if (status !== 200) wrong.push(`${link.slice(origin.length)} answers ${status}`);
}
const home = await page.locator('header a').first().getAttribute('href');
await page.locator('header a').first().click();
await page.waitForLoadState('load');
if (new URL(page.url()).pathname.replace(/index\.html$/, '') !== base) wrong.push(`the header leads to ${home}, not home`);

await browser.close();
server.close();
for (const line of wrong) console.log(line);
process.exit(wrong.length ? 1 : 0);
