// Holds figures to what was reached before: they may only rise.
//
//     node guard.mjs shares RESULT.json GOLDEN.json     the shares of `compare.mjs --json` beside the recorded ones
//     node guard.mjs shares RESULT.json GOLDEN.json --update
//     node guard.mjs cases RESULT.json GOLDEN.json      the shares of `docset.mjs --json`; --update as above
//     node guard.mjs navigation RESULT.json             of `audit.mjs --json`: as many links without JavaScript as with it
//
// Ends with 1 where a figure fell.
import fs from 'node:fs';

const [what, resultFile, goldenFile, flag] = process.argv.slice(2);
const read = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const result = read(resultFile);
const wrong = { shares, cases, navigation }[what]();
for (const line of wrong) console.log(line);
process.exit(wrong.length ? 1 : 0);

/** Shares in per cent, cut (never rounded up) to one decimal. */
function share(part, whole) {
  return Math.floor((1000 * part) / Math.max(1, whole)) / 10;
}

function reached(count) {
  const shares = Object.fromEntries(['text', 'structure', 'links', 'metadata'].map(layer => [layer, share(count[layer], count.pages)]));
  if (count.faulty) Object.assign(shares, { faults: share(count.told, count.faulty), silent: share(count.quiet, count.clean) });
  return shares;
}

function shares() {
  const golden = read(goldenFile);
  const fallen = [];
  for (const [docset, count] of Object.entries(result.totals)) {
    const now = reached(count);
    for (const [layer, figure] of Object.entries(now)) {
      const least = golden[docset]?.[layer] ?? 0;
      if (figure < least) fallen.push(`${docset}: ${layer} fell from ${least} % to ${figure} %`);
      if (figure > least) console.log(`${docset}: ${layer} rose from ${least} % to ${figure} %: record it with --update`);
    }
    golden[docset] = now;
  }
  for (const docset of Object.keys(golden)) {
    if (!['markup', 'cases'].includes(docset) && !result.totals[docset]) fallen.push(`${docset} was not compared`);
  }
  if (flag === '--update' && !fallen.length) write(golden);
  return fallen;
}

function cases() {
  const golden = read(goldenFile);
  const fallen = [];
  for (const [what, figure] of Object.entries(result)) {
    const least = golden.cases?.[what] ?? 0;
    if (figure < least) fallen.push(`cases: ${what} fell from ${least} % to ${figure} %`);
    if (figure > least) console.log(`cases: ${what} rose from ${least} % to ${figure} %: record it with --update`);
  }
  if (flag === '--update' && !fallen.length) write({ ...golden, cases: result });
  return fallen;
}

/** A line for each docset. */
function write(golden) {
  const lines = Object.entries(golden).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value).replace(/([:,{])/g, '$1 ').replace(/}/, ' }')}`);
  fs.writeFileSync(goldenFile, `{\n${lines.join(',\n')}\n}\n`);
}

function navigation() {
  const pages = result.results.nojs;
  const differ = pages.filter(page => page.nojs.navLinks !== page.js.navLinks || page.nojs.deadButtons > 0);
  return differ.map(page => `${page.page}: ${page.nojs.navLinks} links of navigation without JavaScript, ${page.js.navLinks} with it; ${page.nojs.deadButtons} buttons without effect`);
}
