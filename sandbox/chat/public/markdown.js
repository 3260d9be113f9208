const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {string} text */
const escapeHtml = (text) => text.replace(/[&<>"']/g, (sign) => escapes[/** @type {keyof typeof escapes} */ (sign)]);

/**
 * Bold, italic, links and lists as HTML, and nothing else: all text is escaped before any of it is read.
 *
 * @param {string} text
 * @param {{ breaks?: boolean }} [options] `breaks`: a line break stays one, as in a typed message; in a card it is a space
 */
export function markdownToHtml(text, { breaks = false } = {}) {
  return escapeHtml(text)
    .split(/\n\s*\n|\r\r+/)
    .map((block) => renderBlock(block.split(/\r\n|\r|\n/), breaks ? '<br>' : ' '))
    .join('');
}

/** @param {string[]} lines @param {string} glue */
function renderBlock(lines, glue) {
  /** @type {string[]} */
  const html = [];
  /** @type {{ tag: 'ul' | 'ol' | 'p', lines: string[] } | undefined} */
  let open;
  const close = () => {
    if (open?.tag === 'p') html.push(`<p>${open.lines.join(glue)}</p>`);
    else if (open !== undefined)
      html.push(`<${open.tag}>${open.lines.map((line) => `<li>${line}</li>`).join('')}</${open.tag}>`);
    open = undefined;
  };
  for (const line of lines) {
    const [, bullet, item] = /^\s*([-*]|\d+\.)\s+(.*)$/.exec(line) ?? [];
    const tag = bullet === undefined ? 'p' : /\d/.test(bullet) ? 'ol' : 'ul';
    if (open?.tag !== tag) close();
    open ??= { tag, lines: [] };
    open.lines.push(renderInline(item ?? line));
  }
  close();
  return html.join('');
}

/** @param {string} text already escaped */
function renderInline(text) {
  /** @type {string[]} */
  const kept = [];
  const keep = (/** @type {string} */ html) => `\uE000${kept.push(html) - 1}\uE001`;
  return text
    .replace(/[\uE000\uE001]/g, '')
    .replace(/\\([\\*_[\]()#+\-.!`~])/g, (_, sign) => keep(sign))
    .replace(/\[([^[\]]+)\]\(((?:https?:\/\/|mailto:)[^\s()]+)\)/g, (_, name, address) =>
      keep(`<a href="${address}" rel="noopener noreferrer" target="_blank">${name}</a>`),
    )
    .replace(/\*\*(\S(?:[^*]*\S)?)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])/g, '$1<em>$2</em>')
    .replace(/(^|[^\w_])_(\S(?:[^_]*\S)?)_(?![\w_])/g, '$1<em>$2</em>')
    .replace(/\uE000(\d+)\uE001/g, (_, index) => restore(kept, Number(index)));
}

/** A kept link may hold kept signs in its name. @param {string[]} kept @param {number} index @returns {string} */
const restore = (kept, index) =>
  (kept[index] ?? '').replace(/\uE000(\d+)\uE001/g, (_, inner) =>
    Number(inner) < index ? restore(kept, Number(inner)) : '',
  );
