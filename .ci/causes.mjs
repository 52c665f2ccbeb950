// Why the body of an article may differ from docfx's, and be right: what `tests/golden/differences.md` says in words.
//
// A cause does not look for a word. It says what would have to be otherwise for the two to be equal, and an article is
// explained when they then are, in every layer. It has one or more of
//
//     source(text)            the article as its author would have to write it for recto to read what docfx read
//     theirs(html, article)   docfx's body without what the cause speaks of
//     ours(html, article)     recto's body, likewise
//     configuration(article)  the `docfx.json` that a test case of docfx asks for
//
// each of which gives what it got where the cause is not at work. `article` has `source`, `ours`, `theirs`, of a docset
// its `folder`, `file`, `base` and `repository`, and of a test case its `test`.
import fs from 'node:fs';
import path from 'node:path';

/** The causes, by the headings of the table. */
export const CAUSES = {
  'A bare address at the end of a table\'s cell': { theirs: withoutPipes },
  'A callout whose marker is followed by text without `>`': { theirs: withLazyText },
  'A cross reference that nothing resolves': { theirs: asWritten },
  'A directive that docfx shows as text': { theirs: withoutMarkers, ours: withoutMarkers },
  'A formula with blanks inside its dollars': { source: text => text.replace(/\$ +([^$\n]*[^$\s]) +\$/g, '$$$1$$') },
  'A long description is markdown': { source: withPlainDescriptions },
  'A piece of docfx\'s engine alone': { source: asPieceOfLine, theirs: ofEngine },
  'A rule in a list item': { source: withRulesOutside },
  'A table with text directly below': { source: withoutTables },
  'A test that ignores line ends': { theirs: withoutLineEnds, ours: withoutLineEnds },
  'An extension that a docset switches on': { configuration: extensions },
  'An include that is not there': { theirs: withoutIncludes },
  'Escapes in addresses': { theirs: unescaped, ours: unescaped },
  'Files in another case': { theirs: withFoundFiles },
  'Indentation of code in lists': { theirs: withoutIndentation, ours: withoutIndentation },
  'List items that go in one by one': { source: withSteps },
  'Words of another language': { theirs: inEnglish },
};

/** docfx takes the pipe into the address; the cell ends with the row. */
function withoutPipes(html, { source }) {
  if (!/https?:\/\/[^\s|()<>\]]*\|[ \t]*$/m.test(source)) return html;
  return html.replace(/<a ([^>]*)href="([^"]*?)([.,;:!?]*)(?:\||%7C)"([^>]*)>\2\3\|<\/a>/g, '<a $1href="$2"$4>$2</a>$3');
}

/** docfx ends the callout before the line without `>`. */
function withLazyText(html, { source }) {
  if (!/^[ \t]*> ?\[!\w+\][ \t]*\r?\n(?![ \t]*(>|$))/m.test(source)) return html;
  return html.replace(/(<div class="[A-Z]+">\s*<h5>[^<]*<\/h5>\s*)<\/div>\s*(<p>(?:(?!<p>).)*?<\/p>)/gs, '$1$2</div>');
}

/** docfx's tests stop before the step that gives references their text, or turns `@uid` back into what was written. */
function asWritten(html) {
  const whole = html.replace(/<xref ([^>]*?)\/>/g, '<xref $1></xref>').replace(/<a href="xref:([^"?#]*)([^"]*)"\/>/g, '<a href="xref:$1$2">$1</a>');
  return whole.replace(/<xref [^>]*data-throw-if-not-resolved="False" data-raw-source="([^"]*)"[^>]*><\/xref>/gi, '$1');
}

const MARKERS = /<p>([^<]*)<\/p>|<pre><code>([^<]*)<\/code><\/pre>/g;

/** Without the markers that stand alone in the source, and that docfx shows; what recto alone shows stays. */
function withoutMarkers(html, { source, theirs }) {
  const plain = text => text.replace(/&quot;/g, '"').replace(/&gt;/g, '>').replace(/&lt;/g, '<').replace(/&amp;/g, '&').trim();
  const written = new Set(source.split('\n').map(line => line.replace(/^[\s>]*/, '').trim()));
  const shown = new Set(theirs.flatMap(html => [...html.matchAll(MARKERS)].map(found => plain(found[1] ?? found[2]))));
  const isMarker = text => /^:::\s*[a-z]/.test(text) && written.has(text) && shown.has(text);
  return html.replace(MARKERS, (all, line, code) => isMarker(plain(line ?? code)) ? '' : all);
}

/** docfx keeps the last line only, and reads nothing in it. */
function withPlainDescriptions(text) {
  const block = /^([ \t>]*:::image [^\n]*type="complex"[^\n]*\n)([^]*?)(^[ \t>]*:::\s*image-end)/gm;
  return text.replace(block, (_, start, body, end) => {
    const last = body.trimEnd().split('\n').pop() || '', [, indentation, line] = last.match(/^([\s>]*)(.*)$/s);
    return `${start}${indentation}:::no-loc text="${line.replaceAll('"', '\\"')}":::\n${end}`;
  });
}

/** A line that is read without blocks. */
function asPieceOfLine(text, { test }) {
  return /isInline=true/.test(test?.notes || '') ? text.replace(/^[#>+*-]/gm, '\\$&') : text;
}

function ofEngine(html, { test }) {
  const isInline = /isInline=true/.test(test?.notes || '');
  // Front matter is an element until the page is built.
  return isInline ? `<p>${html}</p>` : html.replace(/<yamlheader[^>]*>[^]*?<\/yamlheader>/g, '');
}

/** docfx ends the list at a rule that stands in an item, unless it is indented by four more than the list. */
function withRulesOutside(text) {
  const columns = [];
  return text.split('\n').map((line, at, lines) => {
    const [, quote, rest] = line.match(/^((?:[ ]{0,3}> ?)*)(.*)$/s), indentation = rest.match(/^ */)[0].length;
    if (!rest.trim()) return line;
    while (columns.length && (columns.at(-1).quote !== quote || indentation < columns.at(-1).content)) columns.pop();
    if (/^ *([-*_])(?:[ \t]*\1){2,}[ \t\r]*$/.test(rest)) {
      const isUnderline = rest.includes('-') && /[^\s>]/.test(lines[at - 1] || '');
      if (!columns.length || isUnderline || indentation - columns.at(-1).before >= 4) return line;
      const { before } = columns.pop();
      return quote + ' '.repeat(before) + rest.trimStart();
    }
    const item = rest.match(/^( *)(?:[-+*]|\d{1,9}[.)])( +)/);
    if (item) columns.push({ quote, before: columns.at(-1)?.content ?? 0, content: item[0].length });
    return line;
  }).join('\n');
}

/** docfx makes no table of rows that a line without a pipe follows. */
function withoutTables(text) {
  const lines = text.split('\n'), bare = line => line.replace(/^[\s>]*/, '').trim();
  const isRow = line => line !== undefined && bare(line).includes('|');
  lines.forEach((line, at) => {
    if (!isRow(line) || !/^[\s:|-]*-[\s:|-]*$/.test(bare(line)) || !isRow(lines[at - 1])) return;
    let end = at + 1;
    while (isRow(lines[end])) end++;
    if (/^($|:::|#|```|~~~)/.test(bare(lines[end] ?? ''))) return;
    for (let row = at - 1; row < end; row++) lines[row] = lines[row].replace(/`+[^`]*`+|\\.|\|/g, piece => piece === '|' ? '\\|' : piece);
  });
  return lines.join('\n');
}

function withoutLineEnds(html, { test }) {
  return test?.compare === 'ignore-cr-lf' ? html.replace(/[\r\n]/g, '') : html;
}

/** Options of Markdig that a case of docfx is run with. */
function extensions({ test }) {
  const markdigExtensions = test?.optional_extensions;
  return markdigExtensions && { build: { content: [{ files: ['**'] }], markdownEngineProperties: { markdigExtensions } } };
}

/** docfx main shows the directive, Learn's engine nothing, and recto decorates. */
function withoutIncludes(html, { ours }) {
  const include = String.raw`\[!include[-+\s]*\[[^\]]*\]\(([^)]*)\)\]`;
  const missing = [...ours.matchAll(new RegExp(`class="missing" data-decoration=?"?"?>${include}`, 'gi'))].map(found => found[1]);
  return html.replace(new RegExp(include, 'gi'), (all, path) => missing.includes(path) ? '' : all);
}

function unescaped(html) {
  return html.replace(/ href="[^"]*"/g, address => address.replace(/%7E/gi, '~').replace(/%27|&#39;|&#x27;/gi, "'"));
}

/** docfx ran where names have a case: what it does not find it leaves as it is. */
function withFoundFiles(html, { folder, file, base }) {
  if (!folder) return html;
  return html.replace(/ (src|href)="([^"#?:]+)"/g, (all, name, target) => {
    const wanted = path.join(path.dirname(file), decoded(target)), found = inAnyCase(folder, wanted);
    return found && found !== wanted ? ` ${name}="${base}/${found}"` : all;
  });
}

/** An address may hold a `%` that encodes nothing. */
function decoded(address) {
  try { return decodeURI(address); } catch { return address; }
}

/** The path of a file below a folder, as the disk spells it. */
function inAnyCase(folder, wanted) {
  let found = '';
  for (const part of wanted.split('/')) {
    const at = path.join(folder, found), names = fs.existsSync(at) && fs.statSync(at).isDirectory() ? fs.readdirSync(at) : [];
    const name = names.find(name => name === part) ?? names.find(name => name.toLowerCase() === part.toLowerCase());
    if (!name) return undefined;
    found = path.join(found, name);
  }
  return found;
}

/** Of code in a list item, the lines without what indents all of them. */
function withoutIndentation(html) {
  let depth = 0;
  return html.replace(/<li\b|<\/li>|<pre\b[^]*?<\/pre>/g, piece => {
    depth += piece === '<li' ? 1 : piece === '</li>' ? -1 : 0;
    return piece.startsWith('<pre') && depth ? flushLeft(piece) : piece;
  });
}

/** A block of code whose least indentation is none, and whose next one is a blank: how the others differ stays. */
function flushLeft(block) {
  return block.replace(/^(<pre\b[^>]*>(?:<code\b[^>]*>)?)([^]*)$/, (_, start, code) => {
    const lines = code.split('\n'), indentation = line => line.match(/^[ \t]*/)[0].length;
    const found = [...new Set(lines.filter(line => line.trim() && !line.startsWith('<')).map(indentation))].sort((a, b) => a - b);
    const [least = 0, next = least + 1] = found;
    const moved = columns => columns <= least ? 0 : columns - next + 1;
    return start + lines.map(line => line.startsWith('<') ? line : ' '.repeat(moved(indentation(line))) + line.trimStart()).join('\n');
  });
}

/** docfx nests the third of three items that are each one column further in. */
function withSteps(text) {
  return text.replace(/^([\s>]*)([-+*]) (.*\n)\1 \2 (.*\n)\1  \2 /gm, '$1$2 $3$1 $2 $4$1   $2 ');
}

function inEnglish(html, { test }) {
  const words = test?.tokens?.codeIncludeNotFound;
  return words ? html.replaceAll(words, 'It looks like the sample you are looking for does not exist.') : html;
}
