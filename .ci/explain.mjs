// Explains every difference from docfx by a cause of `causes.mjs`, each of which the table describes.
//
//     node explain.mjs RECTO TABLE.md SHAPE.mjs [--shares RESULT.json --golden DIR --corpora DIR] [--cases CASES.json]
//
// RESULT.json is that of `compare.mjs --json`, CASES.json holds docfx's test cases. An article is explained by the fewest
// causes that make it equal together. Ends with 1 where an article or a case is explained by none, where a cause explains
// nothing, and where table and causes do not have the same names.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { CAUSES } from './causes.mjs';

const [recto, table, shapeFile, ...flags] = process.argv.slice(2);
const option = name => flags.includes(name) ? flags[flags.indexOf(name) + 1] : undefined;
const { shape, redirections, sitePath } = await import(pathToFileURL(path.resolve(shapeFile)));

/** More causes than this are a list of cases. */
const MOST = 20;
/** Docsets that are made of constructs, in odd places on purpose. */
const MADE = new Set(['constructs', 'compositions']);

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'explain-'));
const wrong = [...inTable()];
const counts = Object.fromEntries(Object.keys(CAUSES).map(name => [name, { articles: 0, made: 0, cases: 0 }]));
const unexplained = { articles: [], made: [], cases: [] };
if (option('--shares')) explainArticles();
if (option('--cases')) explainCases();
fs.rmSync(scratch, { recursive: true });
print();
process.exit(wrong.length ? 1 : 0);

/** What is amiss with the table. */
function inTable() {
  const headings = fs.readFileSync(table, 'utf8').split('\n').filter(line => line.startsWith('## ')).map(line => line.slice(3));
  const names = Object.keys(CAUSES);
  return [
    ...names.filter(name => !headings.includes(name)).map(name => `${table} says nothing of the cause "${name}"`),
    ...headings.filter(name => !names.includes(name)).map(name => `${table} describes "${name}", which is no cause`),
    ...(names.length > MOST ? [`there are ${names.length} causes, more than ${MOST}`] : []),
  ];
}

function print() {
  const full = option('--shares') && option('--cases');
  for (const [name, { articles, made, cases }] of Object.entries(counts)) {
    console.log(`${name}: ${articles} articles of real docsets, ${made} constructs and compositions, ${cases} test cases`);
    if (full && !articles && !made && !cases) wrong.push(`the cause "${name}" explains nothing: take it out`);
  }
  console.log(`explained by no cause: ${Object.entries(unexplained).map(([kind, list]) => `${list.length} ${kind}`).join(', ')}`);
  for (const one of Object.values(unexplained).flat()) wrong.push(`${one} differs from docfx, and no cause explains it: mend it, or find its cause`);
  wrong.forEach(line => console.log(line));
}

/** Counts an article under the causes that explain it. */
function explain(kind, name, article, isEqual) {
  const found = explanation(article, isEqual);
  if (!found) return unexplained[kind].push(name);
  found.forEach(cause => counts[cause][kind]++);
}

/** The fewest causes that make an article equal together; `undefined` if none do. */
function explanation(article, isEqual) {
  const atWork = Object.keys(CAUSES).filter(name => isAtWork(CAUSES[name], article));
  for (let size = 1; size <= Math.min(3, atWork.length); size++) {
    const found = choices(atWork, size).find(names => isExplained(names.map(name => CAUSES[name]), article, isEqual));
    if (found) return found;
  }
}

function isAtWork(cause, article) {
  return cause.configuration?.(article) || cause.source && cause.source(article.source, article) !== article.source
    || cause.ours && cause.ours(article.ours, article) !== article.ours || article.theirs.some(html => cause.theirs && cause.theirs(html, article) !== html);
}

function choices(names, size, from = 0) {
  if (size === 0) return [[]];
  return names.slice(from).flatMap((name, at) => choices(names, size - 1, from + at + 1).map(rest => [name, ...rest]));
}

function isExplained(causes, article, isEqual) {
  const source = causes.reduce((text, cause) => cause.source ? cause.source(text, article) : text, article.source);
  const configuration = causes.map(cause => cause.configuration?.(article)).find(Boolean);
  const rendered = source !== article.source || configuration ? article.render(source, configuration) : article.ours;
  const apply = (html, side) => causes.reduce((html, cause) => cause[side] ? cause[side](html, article) : html, html);
  return article.theirs.some(html => isEqual(apply(html, 'theirs'), apply(rendered, 'ours')));
}

/** What recto makes of files of a docset; the first line of each answer. */
function render(root, files) {
  const run = spawnSync(path.resolve(recto), ['render', '--json', '--root', root, ...files], { encoding: 'utf8', maxBuffer: 1 << 30 });
  return run.stdout.split('\n').filter(Boolean).map(line => JSON.parse(line));
}

function explainArticles() {
  const { report } = JSON.parse(fs.readFileSync(option('--shares'), 'utf8'));
  const layers = ['text', 'structure', 'links'];
  for (const docset of JSON.parse(fs.readFileSync(path.join(option('--golden'), 'docsets.json'), 'utf8'))) {
    const differ = new Set(report.filter(one => one.docset === docset.name && one.differs.some(layer => layers.includes(layer))).map(one => one.file));
    if (!differ.size) continue;
    const text = zlib.gunzipSync(fs.readFileSync(path.join(option('--golden'), `${docset.name}.jsonl.gz`))).toString();
    const golden = text.split('\n').filter(Boolean).map(line => JSON.parse(line)).filter(one => differ.has(one.file));
    const folder = path.join(option('--corpora'), docset.folder);
    const rendered = render(folder, golden.map(one => path.join(folder, one.file)));
    golden.forEach((one, at) => {
      const name = `${docset.name}: ${one.file}`, kind = MADE.has(docset.name) ? 'made' : 'articles';
      explain(kind, name, article(docset, folder, one, rendered[at]), equality(docset, one, rendered[at]));
    });
  }
}

function article(docset, folder, golden, rendered) {
  const repository = MADE.has(docset.name) ? folder : path.join(option('--corpora'), docset.folder.split('/')[0]);
  return {
    source: fs.readFileSync(path.join(folder, golden.file), 'utf8'),
    theirs: [golden.html, golden.learn].filter(html => html !== undefined),
    ours: rendered.html,
    folder, repository, file: golden.file, base: docset.base,
    render: source => rewritten(repository, path.relative(repository, folder), golden.file, source),
  };
}

/** What recto makes of an article that is written otherwise, in a copy of its repository. */
function rewritten(repository, docset, file, source) {
  const copy = path.join(scratch, path.basename(repository)), at = path.join(copy, docset, file);
  if (!fs.existsSync(copy)) fs.cpSync(repository, copy, { recursive: true });
  const before = fs.readFileSync(at);
  fs.chmodSync(at, 0o644);
  fs.writeFileSync(at, source);
  const [{ html }] = render(path.join(copy, docset), [at]);
  fs.writeFileSync(at, before);
  return html;
}

/** Whether two bodies are equal as `compare.mjs` sees it. */
function equality(docset, golden, rendered) {
  const file = path.join(option('--golden'), 'sites', `${docset.name}.json.gz`);
  const moved = fs.existsSync(file) ? redirections(JSON.parse(zlib.gunzipSync(fs.readFileSync(file))).redirections) : link => link;
  const group = new RegExp(`^${docset.base}/(${(docset.groups || ['-']).join('|')})(?=/)`);
  const layers = blocks => ['text', 'structure', 'links'].map(layer => blocks.map(block => block[layer]).filter(Boolean).join('\n')).join('\n\n');
  return (theirs, ours) => layers(shape(theirs, golden.url, moved)) === layers(shape(ours, `${docset.base}/${rendered.path}`, link => moved(link.replace(group, docset.base))));
}

function explainCases() {
  const seen = html => shape(html, '/x').map(block => block.structure).join('\n');
  for (const test of JSON.parse(fs.readFileSync(option('--cases'), 'utf8'))) {
    if (/SKIPPED/.test(test.notes || '') || test.line_numbers || test.expected_html === null) continue;
    const answer = (source, configuration) => renderCase(test, source, configuration);
    const ours = answer(test.markdown);
    const one = { source: test.markdown, theirs: [test.expected_html], ours, test, render: answer };
    const isEqual = (theirs, ours) => seen(theirs) === seen(ours);
    if (!isEqual(test.expected_html, ours)) explain('cases', test.id, one, isEqual);
  }
}

/** What recto makes of a test case that lies in a folder of its own. */
function renderCase(test, source, configuration) {
  const root = fs.mkdtempSync(path.join(scratch, 'case-')), entry = test.entry || 'test.md';
  const files = { ...test.files, [entry]: source, ...(configuration && { 'docfx.json': JSON.stringify(configuration) }) };
  for (const [name, text] of Object.entries(files)) {
    const at = path.resolve(root, name.replace(/^~\//, ''));
    if (!at.startsWith(root + path.sep)) continue;
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(at, text ?? '');
  }
  const [answer] = render(root, [path.join(root, entry)]);
  return answer?.html ?? '';
}
