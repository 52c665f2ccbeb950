// Tabs, selectors and videos in a real browser: by mouse and keyboard, with and without script, under a strict policy.
//
// Environment: RECTO, the program; RECTO_BROWSER, a folder whose node_modules holds playwright-core and axe-core;
// CHROMIUM, the browser (/usr/bin/chromium). Fails with the first broken promise.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const require = createRequire(path.join(path.resolve(process.env.RECTO_BROWSER), "x.js"));
const { chromium } = require("playwright-core");
const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";
const VIDEO = "https://video.example/embed/1";

const long = (name) => Array.from({ length: 12 }, (_, at) => `${name} ${at}: some words that fill a line.\n\n`).join("");
const os = (linux = "Linux.", windows = "Windows.") =>
  `# [Windows](#tab/windows)\n\n${windows}\n\n# [Linux](#tab/linux)\n\n${linux}\n\n# [macOS](#tab/macos)\n\nApples.\n\n---\n\n`;
const ARTICLES = {
  "tabs.md": `# Tabs\n\n[to the heading](#deep)\n\n${long("First")}${os(long("Linux") + "## Deep\n\nA buried treasure.\n")}${long("Between")}` +
    os("Second Linux.", long("Windows")) +
    "# [C#](#tab/dotnet/windows)\n\nC# on Windows.\n\n# [C#](#tab/dotnet/linux)\n\nC# on Linux.\n\n# [Java](#tab/java)\n\nJava.\n\n---\n\n" +
    `# [Desktop](#tab/windows+macos)\n\nDesktop.\n\n# [Server](#tab/linux)\n\nServer.\n\n---\n\n${long("Last")}${os("Third Linux.", long("Much"))}The end.\n`,
  "plain.md": `# Plain\n\n${os()}${long("After")}`,
  "selectors.md": selectors("Selectors"),
  "android.md": selectors("Android"),
  "ios.md": selectors("iOS"),
  "übersetzt.md": '# Übersetzt\n\n> [!div class="op_single_selector"]\n> - [Übersetzt<span class="sxs-lookup"> Translated</span>](übersetzt.md)\n' +
    '> - [Einfach](plain.md)<span class="sxs-lookup">[Plain](plain.md)</span>\n',
  "video.md": `# Video\n\nSee :::video source="${VIDEO}" title="A tour"::: here.\n\n> [!VIDEO https://www.youtube.com/watch?v=abc]\n\n![A film](film.mp4)\n`,
};

function selectors(title) {
  return `# ${title}\n\n> [!div class="op_single_selector"]\n> - [Windows](selectors.md)\n> - [Android](android.md)\n> - [iOS](ios.md)\n\n` +
    '> [!div class="op_multi_selector" title1="Platform" title2="Backend"]\n' +
    "> - [(Windows | .NET)](selectors.md)\n> - [(Windows | JavaScript)](android.md)\n> - [(iOS | .NET)](ios.md)\n";
}

const root = mkdtempSync(path.join(tmpdir(), "recto-tabs-"));
mkdirSync(path.join(root, ".git"));
for (const [name, text] of Object.entries({ ...ARTICLES, "film.mp4": "" })) writeFileSync(path.join(root, name), text);
execFileSync(process.env.RECTO, ["build", root, "-o", path.join(root, "_site"), "--quiet"]);

// A page comes in pieces, as over a slow line. `frames` in the address allows frames and media of other sites.
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const server = http.createServer(async (request, response) => {
  const url = new URL(request.url, "http://x"), file = path.join(root, "_site", decodeURIComponent(url.pathname));
  if (!existsSync(file)) return response.writeHead(404).end();
  const policy = url.searchParams.has("frames") ? `${STRICT}; frame-src https:; media-src 'self'` : STRICT;
  response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream", "content-security-policy": policy });
  const bytes = readFileSync(file), piece = url.searchParams.has("slow") ? Math.ceil(bytes.length / 12) : bytes.length || 1;
  for (let at = 0; at < bytes.length; at += piece) {
    response.write(bytes.subarray(at, at + piece));
    if (piece < bytes.length) await new Promise((resolve) => setTimeout(resolve, 60));
  }
  response.end();
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});

/** Opens an article in a reader's browser of its own, and closes it; what the browser complains of is a failure. */
async function read(address, options, look) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage(), complaints = [], foreign = [];
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith(origin)) foreign.push(request.url()); });
  await context.route(/^https:/, (route) => route.fulfill({ contentType: "text/html", body: "<title>Played</title>" }));
  await context.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value; }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${origin}/${address}`);
  await look(page, { complaints, foreign });
  if (!options.complains) assert.deepEqual(complaints, [], `${address}: the browser has nothing to complain of`);
  await context.close();
}

const chosen = (page) => page.locator("[role=tab][aria-selected=true]:visible").allInnerTexts();
const tab = (page, name, group = 0) => page.locator(".tabGroup").nth(group).getByRole("tab", { name, exact: true });
const settled = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
const visible = (page, text) => page.getByText(text, { exact: true }).first().isVisible();

async function needsNoScript() {
  await read("tabs.html", { javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.locator(".tabGroup > section:visible").count(), 14, "all panels are shown");
    assert.deepEqual(await page.locator(".tabGroup").nth(2).locator(".tab-title:visible").allInnerTexts(), ["C# (Windows)", "C# (Linux)", "Java"]);
    await page.locator(".tab-list a").nth(1).click();
    assert.match(page.url(), /#tabpanel_1_linux$/, "the names lead to the panels");
  });
  await read("selectors.html", { javaScriptEnabled: false }, async (page) => {
    assert.deepEqual(await page.locator(".body [aria-current=page]:visible").allInnerTexts(), ["Windows", "(Windows | .NET)"]);
    assert.equal(await page.locator(".body li a:visible").count(), 6);
  });
  await read("video.html", { javaScriptEnabled: false }, async (page) => {
    await page.getByRole("link", { name: "A tour" }).click();
    assert.equal(page.url(), VIDEO);
  });
}

async function hasRolesAndKeys() {
  await read("tabs.html", {}, async (page) => {
    assert.deepEqual(await chosen(page), ["Windows", "Windows", "C#", "Desktop", "Windows"]);
    const first = tab(page, "Windows");
    const [panel, back] = await first.evaluate((tab) => {
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      return [[panel.role, panel.tabIndex], panel.getAttribute("aria-labelledby") === tab.id];
    });
    assert.deepEqual([panel, back], [["tabpanel", 0], true]);
    assert.equal(await page.locator(".tabGroup").first().locator("[role=tab][tabindex='0']").count(), 1, "one stop a group");
    await first.focus();
    const keys = [["ArrowRight", "Linux"], ["ArrowRight", "macOS"], ["ArrowRight", "Windows"], ["ArrowLeft", "macOS"], ["Home", "Windows"], ["End", "macOS"]];
    for (const [key, name] of keys) {
      await page.keyboard.press(key);
      assert.deepEqual(await page.evaluate(() => [document.activeElement.textContent, document.activeElement.ariaSelected]), [name, "true"], key);
    }
    await page.evaluate(() => { document.documentElement.dir = "rtl"; });
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Linux", "arrows go where they point");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "tabpanel_1_linux");
  });
}

async function switchesTogetherAndStands() {
  for (const [group, from] of [[0, 0.5], [1, 0.5], [4, 0.9], [4, 0.15]]) {
    await read("tabs.html", {}, async (page) => {
      for (const name of ["Linux", "macOS", "Windows"]) {
        const pressed = tab(page, name, group);
        await pressed.evaluate((tab, from) => scrollTo(0, scrollY + tab.getBoundingClientRect().top - innerHeight * from), from);
        await settled(page);
        const before = (await pressed.boundingBox()).y;
        await pressed.click();
        await settled(page);
        const moved = Math.abs((await pressed.boundingBox()).y - before);
        assert(moved <= 2, `${name} of group ${group} moves by ${moved} px`);
        const everywhere = await chosen(page);
        assert.deepEqual([everywhere[0], everywhere[1], everywhere[4]], [name, name, name]);
        assert.equal(everywhere[3], name === "Linux" ? "Server" : "Desktop", "a tab with several ids follows each");
      }
    });
  }
}

async function dependsOnOthers() {
  await read("tabs.html", {}, async (page) => {
    assert.deepEqual([await visible(page, "C# on Windows."), await visible(page, "C# on Linux.")], [true, false]);
    await tab(page, "Linux").click();
    assert.deepEqual([await visible(page, "C# on Windows."), await visible(page, "C# on Linux.")], [false, true]);
    await tab(page, "macOS").click();
    assert.deepEqual(await page.locator(".tabGroup").nth(2).getByRole("tab").allInnerTexts(), ["Java"]);
    assert(await visible(page, "Java."));
  });
}

async function keepsTheChoice() {
  await read("tabs.html?x=1#deep", {}, async (page) => {
    await tab(page, "macOS").click();
    const url = new URL(page.url());
    assert.deepEqual([url.search, url.hash], ["?x=1&tabs=macos,java", "#deep"]);
    await page.goto(`${origin}/plain.html`);
    assert.deepEqual(await chosen(page), ["macOS"], "it holds on another page");
    assert.equal(new URL(page.url()).search, "");
    await page.goto(`${origin}/plain.html?tabs=linux`);
    assert.deepEqual(await chosen(page), ["Linux"], "the address comes first");
    await page.goto(`${origin}/plain.html?tabs=%3Cb%3E,,nothing`);
    assert.deepEqual(await chosen(page), ["macOS"], "unknown ids mean nothing");
  });
  await read("plain.html", {}, async (page) => {
    await page.context().addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new Error("blocked"); } }));
    await page.goto(`${origin}/plain.html?tabs=linux`);
    assert.deepEqual(await chosen(page), ["Linux"]);
    await tab(page, "macOS").click();
    assert.deepEqual([await chosen(page), new URL(page.url()).search], [["macOS"], "?tabs=macos"]);
  });
  const context = await browser.newContext(), page = await context.newPage();
  await page.goto(`file://${path.join(root, "_site", "plain.html")}`);
  await tab(page, "Linux").click();
  assert.deepEqual(await chosen(page), ["Linux"], "it works from a folder");
  await context.close();
}

async function opensWhatIsHidden() {
  const inView = (page, text) => page.getByText(text).first().evaluate((element) => {
    const { top } = element.getBoundingClientRect();
    return element.checkVisibility({ contentVisibilityAuto: true }) && top >= 0 && top < innerHeight;
  });
  await read("tabs.html#deep", {}, async (page) => {
    assert(await inView(page, "A buried treasure."), "the target of an address is shown");
    assert.deepEqual((await chosen(page))[0], "Linux");
  });
  await read("tabs.html#tabpanel_3_dotnet_linux", {}, async (page) => assert(await visible(page, "C# on Linux."), "with what it depends on"));
  await read("tabs.html", {}, async (page) => {
    await page.getByRole("link", { name: "to the heading" }).click();
    await settled(page);
    assert(await inView(page, "A buried treasure."), "the target of a link is shown");
    assert.deepEqual((await chosen(page))[1], "Linux", "its tab is chosen everywhere");
  });
  await read("tabs.html#:~:text=buried%20treasure", {}, async (page) => {
    await page.waitForFunction(() => !document.getElementById("tabpanel_1_linux").hidden);
    assert(await inView(page, "A buried treasure."), "the browser's search finds what is hidden");
    assert.deepEqual((await chosen(page))[1], "Linux");
  });
  await read("tabs.html", {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert(await visible(page, "A buried treasure.") && await visible(page, "C# on Linux."), "paper shows all");
    assert.equal(await page.locator(".tab-title:visible").count(), 14);
    assert.equal(await page.locator("[role=tab]:visible").count(), 0);
  });
}

async function standsStillWhileItLoads() {
  for (const page of ["plain.html?slow&tabs=macos", "plain.html?slow", "selectors.html?slow"]) {
    await read(page, {}, async (page) => {
      await settled(page);
      assert.equal(await page.evaluate(() => window.shifts), 0, `${page.url()} moves`);
    });
  }
}

async function selectsArticles() {
  await read("selectors.html", {}, async (page) => {
    const field = (name) => page.getByRole("combobox", { name, exact: true });
    assert.deepEqual(await page.locator("option:checked").allInnerTexts(), ["Windows", "Windows", ".NET"]);
    assert.equal(await page.locator(".body li a:visible").count(), 0);
    await field("Article for").selectOption("iOS");
    await page.waitForURL("**/ios.html");
    assert.deepEqual(await page.locator("option:checked").allInnerTexts(), ["iOS", "iOS", ".NET"]);
    await page.goBack();
    assert.deepEqual(await page.locator("option:checked").allInnerTexts(), ["Windows", "Windows", ".NET"]);
    await field("Backend").selectOption("JavaScript");
    await page.waitForURL("**/android.html");
    await field("Platform").selectOption("iOS");
    await page.waitForURL("**/ios.html", { timeout: 5000 });
    await page.goto(`${origin}/selectors.html`);
    await field("Article for").focus();
    await page.keyboard.press("ArrowDown");
    await settled(page);
    assert.match(page.url(), /selectors\.html$/, "an arrow key only chooses");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/android.html");
  });
  await read("übersetzt.html", {}, async (page) => {
    const names = await page.locator("option").allTextContents();
    assert.deepEqual(names, ["Übersetzt", "Einfach"], "the original beside a translation is not shown");
  });
}

async function playsVideos() {
  await read("video.html?frames", {}, async (page, { foreign }) => {
    assert.deepEqual(foreign, [], "nobody is asked before the reader presses");
    const link = page.getByRole("link", { name: "A tour" });
    await link.focus();
    await page.keyboard.press("Enter");
    await page.frameLocator(`iframe[src="${VIDEO}"][title="A tour"]`).locator("html").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "IFRAME");
    assert.deepEqual(foreign, [VIDEO]);
    await page.getByRole("link", { name: "A film" }).click();
    assert.equal(await page.locator("video[controls]").count(), 1);
    await link.click();
    assert.equal(page.url(), VIDEO, "the link stays, and leads there");
  });
  await read("video.html", { complains: true }, async (page) => {
    await page.getByRole("link", { name: "A tour" }).click();
    await page.waitForURL(VIDEO);
  });
}

async function isAccessible() {
  const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    for (const address of ["tabs.html", "selectors.html", "video.html"]) {
      await read(address, { colorScheme, viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }, async (page) => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert(width <= 320, `${address} is ${width} px wide`);
        const heights = await page.locator("[role=tab]:visible, .selector select").evaluateAll((all) => all.map((one) => one.offsetHeight));
        assert(heights.every((height) => height >= 44), `targets for fingers: ${heights}`);
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run());
        assert.deepEqual(found.violations.map(({ id, nodes }) => [id, nodes[0].html]), [], `${address}, ${colorScheme}`);
      });
    }
  }
}

try {
  for (const promise of [needsNoScript, hasRolesAndKeys, switchesTogetherAndStands, dependsOnOthers, keepsTheChoice, opensWhatIsHidden,
    standsStillWhileItLoads, selectsArticles, playsVideos, isAccessible]) await promise();
} finally {
  await browser.close();
  server.close();
  rmSync(root, { recursive: true, force: true });
}
