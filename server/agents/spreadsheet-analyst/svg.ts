/** A picture made of text. Every value goes through `escapeXml`; there is no way to put a script in. */
const WIDTH = 720;
const HEIGHT = 400;
export const FRAME = { left: 150, right: 672, top: 56, bottom: 350 };

/** Grey and blue that can be read on white and on black, where the page does not say otherwise. */
const INK = "#6f7681";
export const ACCENT = "#3b82c4";

export function drawing(title: string, description: string, marks: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" color="${INK}" fill="currentColor" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${escapeXml(title)}</title><desc>${escapeXml(description)}</desc>`,
    label({ x: 24, y: 30, text: title, size: 16 }),
    ...marks,
    "</svg>",
  ].join("\n");
}

type Label = { x: number; y: number; text: string; anchor?: "start" | "middle" | "end"; size?: number };

export function label({ x, y, text, anchor = "start", size }: Label): string {
  const font = size ? ` font-size="${size}" font-weight="600"` : "";
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}"${font}>${escapeXml(clip(text, size ? 80 : 22))}</text>`;
}

export function rectangle(box: { x: number; y: number; width: number; height: number }, tip: string): string {
  const { x, y, width, height } = box;
  return `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" fill="${ACCENT}"><title>${escapeXml(tip)}</title></rect>`;
}

export function rule(from: { x: number; y: number }, to: { x: number; y: number }): string {
  return `<line x1="${at(from.x)}" y1="${at(from.y)}" x2="${at(to.x)}" y2="${at(to.y)}" stroke="currentColor" stroke-opacity="0.3"/>`;
}

export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function clip(text: string, length: number): string {
  const letters = [...text];
  return letters.length > length ? `${letters.slice(0, length - 1).join("")}…` : text;
}

/** XML knows no control characters, not even escaped. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
