/**
 * Whether a browser says that a request comes from another site. Browsers name the origin on every POST; a program that
 * names none has no cookies of anybody's to misuse.
 */
export function isFromElsewhere(request: Request): boolean {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return true;
  if (!origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== (request.headers.get("host") ?? "");
}
