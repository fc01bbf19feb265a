/** How files of a kind begin, in base64. */
const KINDS = [
  ["JVBERi", "PDF"],
  ["UEsDB", "Office document or archive"],
  ["iVBORw0KGgo", "PNG picture"],
  ["/9j/", "JPEG picture"],
  ["R0lGOD", "GIF picture"],
  ["UklGR", "WebP picture"],
] as const;

/** What a file in base64 is and how large, as far as its first bytes tell: "PDF, 43 kB". */
export function fileWords(base64: string): string {
  const kind = KINDS.find(([start]) => base64.startsWith(start))?.[1] ?? "File";
  const bytes = Math.floor((base64.length * 3) / 4) - (base64.match(/=+$/)?.[0].length ?? 0);
  return `${kind}, ${sizeWords(bytes)}`;
}

function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
