// Names that students choose reach the page only as text, never as markup.

const SVG = new Set(["svg", "g", "rect", "line", "path", "text"]);

/** Creates an element with attributes, a text and children. */
export function element(name, { text, ...attributes } = {}, ...children) {
  const it = SVG.has(name) ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
  if (text !== undefined) it.textContent = text;
  it.append(...children);
  return it;
}
