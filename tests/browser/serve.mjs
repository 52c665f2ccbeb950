// `recto serve` in a real browser: pages reload where they stand, problems are shown, and how long it takes.
//
// Environment: RECTO, the program; RECTO_BROWSER, a folder whose node_modules holds playwright-core; CHROMIUM, the
// browser (/usr/bin/chromium); RECTO_CORPUS, the PowerShell documentation, which is copied and measured too;
// RECTO_LIMIT, milliseconds from save to paint (300). Fails with the first broken promise.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const LIMIT = Number(process.env.RECTO_LIMIT ?? 300);
const { chromium } = createRequire(path.join(path.resolve(process.env.RECTO_BROWSER), "x.js"))("playwright-core");
const folders = [];
const servers = new Set();

function folder(files) {
  const root = mkdtempSync(path.join(tmpdir(), "recto-serve-"));
  folders.push(root);
  mkdirSync(path.join(root, ".git"));
  for (const [name, text] of Object.entries(files)) write(root, name, text);
  return root;
}

function write(root, name, text) {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Starts a server; gives its process and address once it listens. */
function serve(root, port = 0) {
  const server = spawn(process.env.RECTO, ["serve", root, "--port", String(port), "--quiet"], { stdio: ["ignore", "pipe", "ignore"] });
  servers.add(server);
  return new Promise((resolve, reject) => {
    server.on("exit", () => { servers.delete(server); reject(new Error("the server ended")); });
    server.stdout.on("data", (data) => {
      const address = /http:\S+/.exec(String(data));
      if (address) resolve({ server, address: address[0] });
    });
  });
}

function ended(server) {
  return new Promise((resolve) => { server.once("exit", resolve); server.kill("SIGINT"); });
}

const shows = (page, text) => page.waitForFunction((text) => document.body && document.body.innerText.includes(text), text, { polling: "raf", timeout: 10000 });

/** Milliseconds from the moment before a file is written until the browser has painted its text. */
async function measure(page, text, save) {
  const started = performance.timeOrigin + performance.now();
  save();
  await shows(page, text);
  const painted = await page.waitForFunction(() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return paint && performance.timeOrigin + paint.startTime;
  });
  return await painted.jsonValue() - started;
}

function told(what, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const [median, slowest] = [sorted[sorted.length >> 1], sorted.at(-1)];
  console.log(`${what}: ${median.toFixed(0)} ms (slowest of ${times.length}: ${slowest.toFixed(0)} ms)`);
  assert(median < LIMIT, `${what} takes ${median.toFixed(0)} ms`);
}

const long = Array.from({ length: 200 }, (_, at) => `Paragraph ${at}.\n\n`).join("");

async function reloads(browser) {
  const article = (text) => `# Title\n\n${long}${text}\n\n[!INCLUDE [i](../includes/i.md)]\n\n${long}`;
  const root = folder({ "articles/a.md": article("First text."), "articles/b.md": "# B\n", "includes/i.md": "First include.\n" });
  let { server, address } = await serve(root);
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`${address}a`);
  await shows(page, "First text.");
  await page.evaluate(() => scrollTo(0, 1500));
  const before = await page.evaluate(() => scrollY);
  const times = [];
  for (let at = 0; at < 5; at++) times.push(await measure(page, `Text ${at}.`, () => write(root, "articles/a.md", article(`Text ${at}.`))));
  told("a saved article", times);
  assert.equal(await page.evaluate(() => scrollY), before, "the reader stays where they were");
  await measure(page, "Second include.", () => write(root, "includes/i.md", "Second include.\n"));

  // Another title would show in the tree of this page.
  await page.waitForLoadState("load");
  let loads = 0;
  page.on("load", () => loads++);
  write(root, "articles/b.md", "# B\n\nMore.\n");
  await page.waitForTimeout(700);
  assert.equal(loads, 0, "a page that did not change stays as it is");

  assert.deepEqual(complaints, [], "the browser has nothing to complain of");
  await leaves(page, () => write(root, "articles/a.md", article("Saved too late.")));
  await page.goto(`${address}a`);
  await ended(server);
  write(root, "includes/i.md", "After a restart.\n");
  ({ server } = await serve(root, Number(new URL(address).port)));
  await shows(page, "After a restart.");
  await ended(server);
  await page.close();
}

/** A page that changes while the reader waits for another one does not call them back. */
async function leaves(page, save) {
  let asked = 0;
  await page.route("**/b.html", async (route) => {
    asked++;
    save();
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  await page.locator('nav a[href="b.html"]').first().click();
  await page.waitForURL("**/b.html", { timeout: 10000 });
  assert.equal(asked, 1);
  await page.unroute("**/b.html");
}

async function tellsProblems(browser) {
  const broken = "# T\n\n[!INCLUDE [x](<img src=x onerror=alert(1)>.md)]\n\n[!INCLUDE [x](gone&lt;b&gt;.md)]\n";
  const root = folder({ "articles/a.md": broken, "articles/b.md": "# B\n\n[x](nowhere.md)\n" });
  const { server, address } = await serve(root);
  const page = await browser.newPage();
  await page.goto(`${address}a`);
  const panel = page.locator("recto-problems details");
  await panel.locator(".problem.error").first().waitFor();
  const text = await panel.innerText();
  assert.match(text, /error\[include-not-found\]/);
  assert.match(text, /a\.md:\d+:\d+/);
  assert.match(text, /On this page/);
  assert.match(text, /Elsewhere[^]*nowhere\.md/);
  assert.equal(await panel.locator("img, b").count(), 0, "what files say is text");
  assert.equal(await panel.evaluate((panel) => panel.open), true, "errors of the page are told at once");
  await panel.locator("summary").focus();
  await page.keyboard.press("Escape");
  assert.equal(await panel.evaluate((panel) => panel.open), false, "Escape closes it");
  await page.keyboard.press("Enter");
  assert.equal(await panel.evaluate((panel) => panel.open), true, "Enter opens it");
  write(root, "articles/a.md", "# T\n\nMended.\n");
  await shows(page, "Mended.");
  write(root, "articles/b.md", "# B\n");
  await page.locator("recto-problems").waitFor({ state: "detached" });
  await ended(server);
  await page.close();
}

/** The markdown files below a folder. */
function markdown(root) {
  return readdirSync(root, { recursive: true }).filter((name) => name.endsWith(".md")).sort().map((name) => path.join(root, name));
}

/** Where a build puts the page of an article. */
function outputOf(article) {
  return JSON.parse(execFileSync(process.env.RECTO, ["render", "--json", article], { encoding: "utf8" })).path;
}

async function measuresCorpus(browser, corpus) {
  const root = folder({});
  cpSync(corpus, root, { recursive: true });
  const { server, address } = await serve(root);
  const page = await browser.newPage();
  await page.goto(address);
  // A page that tells that the site is being built comes first, and reloads by itself.
  await page.locator("main").waitFor({ timeout: 60000 });
  const docs = path.join(root, "reference");
  const article = markdown(path.join(docs, "docs-conceptual")).find((name) => name.includes("learn") && name.endsWith("01-getting-started.md"));
  await page.goto(address + outputOf(article));
  const original = readFileSync(article, "utf8");
  const times = [];
  for (let at = 0; at < 9; at++) {
    times.push(await measure(page, `Saved ${at}.`, () => writeFileSync(article, original.replace(/^# .*$/m, `$&\n\nSaved ${at}.`))));
    await page.waitForTimeout(300);
  }
  told("a saved article of the corpus", times);

  // The include that the most articles use, and one of them.
  const uses = new Map();
  for (const file of markdown(docs)) {
    for (const [, target] of readFileSync(file, "utf8").matchAll(/\[!INCLUDE\s*\[[^\]]*\]\(([^)]+)\)\]/gi)) {
      const include = path.resolve(path.dirname(file), target);
      uses.set(include, [...(uses.get(include) ?? []), file]);
    }
  }
  const [include, users] = [...uses].filter(([, users]) => users.some((user) => user.includes("docs-conceptual"))).sort((a, b) => b[1].length - a[1].length)[0];
  const user = users.find((user) => user.includes("docs-conceptual"));
  await page.goto(address + outputOf(user));
  const text = readFileSync(include, "utf8");
  const shared = [];
  for (let at = 0; at < 5; at++) {
    shared.push(await measure(page, `Shared ${at}.`, () => writeFileSync(include, `${text}\n\nShared ${at}.\n`)));
    await page.waitForTimeout(300);
  }
  told(`a saved include that ${users.length} articles use`, shared);
  await ended(server);
  await page.close();
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  await reloads(browser);
  await tellsProblems(browser);
  if (process.env.RECTO_CORPUS) await measuresCorpus(browser, process.env.RECTO_CORPUS);
} finally {
  await browser.close();
  for (const server of servers) server.kill("SIGKILL");
  for (const root of folders) rmSync(root, { recursive: true, force: true });
}
