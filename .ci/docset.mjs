// Takes the docsets of docfx's own test cases (v3, the engine of Microsoft Learn), and compares what recto makes of them.
//
//     node docset.mjs RECTO CASES.json SHAPE.mjs [--show] [--feature NAME] [--json RESULT.json]
//
// `bodies`: of the cases that assert the HTML of an article, those in which its text and structure are equal; SHAPE.mjs
// says what counts; `markdown`: of these, the ones about markdown and escaping. `faults`: of the cases with a log, those in which all of it is reported, with code, severity, file,
// line and column. What needs something that recto does not have yet is left out, by its cause.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const [recto, casesFile, shapeFile, ...flags] = process.argv.slice(2);
const option = name => flags.includes(name) ? flags[flags.indexOf(name) + 1] : undefined;
const { shape } = await import(pathToFileURL(path.resolve(shapeFile)));

/** Keys of docfx.yml, and what recto.yml calls them. */
const KEYS = { files: 'content', exclude: 'exclude', globalMetadata: 'global_metadata', fileMetadata: 'file_metadata' };

/** recto builds no site without articles: each has this one. */
const EXTRA = 'an-article.md';

/** Why a case is left out: each looks at its configuration, its files, and its codes. */
const CAUSES = {
  'versions are not evaluated': one => /^\s*"?monikerRange|^\s*"?monikerDefinition/m.test(one.config),
  'zone pivots are not evaluated': one => one.feature === 'zonepivot' || /zone_pivot_groups/.test(one.texts),
  'content rules are not checked': one => /^markdownValidationRules:/m.test(one.config),
  'metadata is not checked against a schema': one => /^metadataSchema:/m.test(one.config),
  'cross reference maps are not read': one => /^xref:/m.test(one.config),
  'pages of data are not built': one => one.names.some(name => /\.schema\.json$/.test(name)) || /YamlMime:|"\$schema"/.test(one.texts),
  'a docset has one folder in the output': one => /^(routes|basePath|urlType|outputType):/m.test(one.config),
  'redirections are read as Learn\'s repositories have them': one => one.names.some(name => /(^|\/)redirections\.(yml|json)$/.test(name)),
  'TOCs are read as YAML and markdown': one => one.names.some(name => /(^|\/)toc\.json$/.test(name)),
  'which hosts are trusted is not configured': one => /^(trustedDomains|allowedHTML):/m.test(one.config),
};

const cases = JSON.parse(fs.readFileSync(casesFile, 'utf8')).filter(one => !option('--feature') || one.feature === option('--feature'));
const counts = {}, left = {}, result = { markdown: [0, 0], bodies: [0, 0], faults: [0, 0] };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docset-'));
for (const [at, one] of cases.entries()) {
  const asserts = { bodies: bodies(one).length > 0, faults: (one.expected_log || []).some(log => log.code) };
  if (!asserts.bodies && !asserts.faults) continue;
  const cause = Object.keys(CAUSES).find(cause => CAUSES[cause](described(one)));
  if (cause) { left[cause] = (left[cause] || 0) + 1; continue }
  const root = lay(one, path.join(folder, String(at)));
  if (asserts.bodies) count(one, 'bodies', differences(one, root));
  if (asserts.faults) count(one, 'faults', untold(one, root));
}
fs.rmSync(folder, { recursive: true });
for (const [feature, of] of Object.entries(counts)) console.log(`${feature.padEnd(12)} ${Object.entries(of).map(([what, [good, all]]) => `${what} ${good} of ${all}`).join(', ')}`);
for (const [cause, many] of Object.entries(left)) console.log(`left out ${String(many).padStart(3)}: ${cause}`);
const share = ([good, all]) => Math.floor(1000 * good / Math.max(1, all)) / 10;
console.log(Object.entries(result).map(([what, tally]) => `${what} ${share(tally)} % of ${tally[1]}`).join(', '));
if (option('--json')) fs.writeFileSync(option('--json'), JSON.stringify(Object.fromEntries(Object.entries(result).map(([what, tally]) => [what, share(tally)]))));

function described(one) {
  const names = Object.keys(one.files), config = names.filter(name => /(^|\/)docfx\.(yml|json)$/.test(name)).map(name => one.files[name] || '').join('\n');
  return { ...one, names, config, texts: Object.values(one.files).filter(Boolean).join('\n') };
}

/** Counts a case whose differences are these. */
function count(one, what, found) {
  const of = counts[one.feature] ||= {}, good = found.length ? 0 : 1;
  const isMarkdown = what === 'bodies' && ['markdown', 'escape'].includes(one.feature);
  for (const tally of [of[what] ||= [0, 0], result[what], ...(isMarkdown ? [result.markdown] : [])]) { tally[0] += good; tally[1]++ }
  if (found.length && flags.includes('--show')) console.log(`== ${one.id}: ${one.name}\n${found.join('\n')}`);
}

/** Writes the files of a case, its configuration as recto reads it. The folder of the docset. */
function lay(one, at) {
  let root = at;
  for (const [name, text] of Object.entries(one.files)) {
    const isConfig = path.basename(name) === 'docfx.yml', file = path.join(at, isConfig ? name.replace(/docfx\.yml$/, 'recto.yml') : name);
    if (/^docfx\.(yml|json)$/.test(path.basename(name))) root = path.dirname(file);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, isConfig ? translated(text || '') : text || '');
  }
  fs.writeFileSync(path.join(root, EXTRA), '');
  // Nothing above belongs to it.
  fs.mkdirSync(path.join(at, '.git'), { recursive: true });
  return root;
}

/** The top-level keys that both have, with what stands below them. */
function translated(config) {
  let kept = false;
  return config.split('\n').map(line => {
    const key = line.match(/^(\w+):/)?.[1];
    if (key) kept = key in KEYS;
    const own = kept && key ? line.replace(key, KEYS[key]) : line;
    return !kept ? '' : key === 'files' ? own.replace(/: (\S.*)$/, `: [$1, ${EXTRA}]`) : own;
  }).join('\n');
}

/** The articles whose body a case asserts: source, and what is expected. */
function bodies(one) {
  const sources = Object.keys(one.files).filter(name => name.endsWith('.md'));
  return Object.entries(one.expected_outputs || {}).flatMap(([output, expected]) => {
    if (typeof expected?.conceptual !== 'string') return [];
    const source = sources.find(name => name.toLowerCase() === output.toLowerCase().replace(/\.json$/, '.md'));
    return source ? [{ source, expected }] : [];
  });
}

/** How the bodies differ. The first heading stands apart in docfx's model: without it, it is not asserted. */
function differences(one, root) {
  const asked = bodies(one), at = path.join(folder, String(cases.indexOf(one)));
  const run = spawnSync(path.resolve(recto), ['render', '--json', '--root', root, ...asked.map(body => path.join(at, body.source))], { encoding: 'utf8' });
  const lines = (run.stdout || '').split('\n').filter(Boolean).map(line => JSON.parse(line));
  return asked.flatMap(({ source, expected }) => {
    const found = lines.find(line => line.file === path.join(at, source));
    if (!found) return [`${source}: ${run.stderr}`];
    const url = '/' + source.replace(/\.md$/, ''), title = expected.rawTitle;
    const golden = shape((title || '') + expected.conceptual, url), own = shape(found.html, url);
    const isApart = title === undefined && own[0]?.structure.startsWith('<h1>') && !golden[0]?.structure.startsWith('<h1>');
    // docfx compares without regard to white space beside tags, and the tags of a link without target do not count.
    const layer = (blocks, name) => blocks.map(block => block[name].replace(/\s+/g, '')).filter(Boolean).join('\n');
    return ['text', 'structure'].flatMap(name => {
      const [theirs, ours] = [layer(golden, name), layer(isApart ? own.slice(1) : own, name)];
      return theirs === ours ? [] : [`${source}: ${name}\n- docfx ${theirs}\n+ recto ${ours}`];
    });
  });
}

/** What docfx logs and recto does not report. */
function untold(one, root) {
  const at = path.join(folder, String(cases.indexOf(one)));
  const run = spawnSync(path.resolve(recto), ['check', '--format', 'json', root], { encoding: 'utf8', cwd: at });
  const told = (run.stdout || '').split('\n').filter(Boolean).map(line => JSON.parse(line));
  const is = (log, own) => own.code === log.code && (!log.message_severity || log.message_severity === own.severity)
    && (!log.file || path.resolve(at, own.file || '') === path.join(at, log.file)) && ['line', 'column'].every(key => !log[key] || log[key] === own[key]);
  const missing = one.expected_log.filter(log => log.code && !told.some(own => is(log, own)));
  return missing.map(log => `- docfx ${log.file}:${log.line}:${log.column} ${log.message_severity}[${log.code}] ${log.message}`)
    .concat(missing.length ? told.map(own => `+ recto ${own.file}:${own.line}:${own.column} ${own.severity}[${own.code}] ${own.message}`).concat(run.stderr.slice(0, 300)) : []);
}
