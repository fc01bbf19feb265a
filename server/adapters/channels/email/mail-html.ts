import type { Item, Message } from "../channel";
import { defused } from "../untrusted";

const FACE = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MONO = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace";

/** Colours of the studio, light first; programs that know dark mail take the others. */
const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body,.page{background:#f4f5f7}.card{background:#ffffff;border:1px solid #dcdfe5}.ink{color:#16181d}.muted{color:#565d6b}
.line{border-top:1px solid #dcdfe5}.go{background:#4046c8;color:#ffffff}
@media (prefers-color-scheme:dark){body,.page{background:#0e1014 !important}.card{background:#171a20 !important;border-color:#2c313b !important}
.ink{color:#eceef2 !important}.muted{color:#a4abb8 !important}.line{border-color:#2c313b !important}.go{background:#a5aaff !important;color:#101225 !important}}`;

/** The mail as it is drawn. Nothing is loaded from anywhere, and every word in it is escaped. */
export function mailHtml({ title, items, more, studio, settings }: Message): string {
  const head =
    items.length > 1
      ? `<h1 class="ink" style="margin:0 0 16px;font-size:20px;line-height:28px">${words(title)}</h1>`
      : "";
  const rest =
    more > 0
      ? `<p class="muted" style="margin:0 0 16px">And ${more} more in the studio: ${link(studio, "open the list")}</p>`
      : "";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${words(title)}</title><style>${STYLE}</style></head>
<body style="margin:0;padding:0"><div class="page" style="padding:24px 12px;${FACE};font-size:14px;line-height:20px">
<div style="max-width:560px;margin:0 auto"><p class="muted" style="margin:0 0 12px">Agent Labs Studio</p>${head}
${items.map(itemHtml).join("\n")}${rest}
<p class="muted" style="margin:16px 0 0;font-size:12px;line-height:18px">Opening a link decides nothing. Agent Labs Studio never asks you to answer by mail.
What is sent to you, and whether: ${link(settings, "settings")}.</p></div></div></body></html>`;
}

function itemHtml({ title, text, facts, url, action }: Item): string {
  const rows = facts.map(
    ({ name, value }) =>
      `<tr><td class="muted line" style="padding:8px 16px 8px 0;vertical-align:top">${words(name)}</td>
<td class="ink line" style="padding:8px 0;width:100%;word-break:break-word;${MONO};font-size:13px">${words(value)}</td></tr>`,
  );
  const table = rows.length
    ? `<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;border-collapse:collapse;margin:0 0 16px">${rows.join("")}</table>`
    : "";
  return `<div class="card" style="border-radius:10px;padding:20px;margin:0 0 16px">
<h2 class="ink" style="margin:0 0 8px;font-size:16px;line-height:24px;word-break:break-word">${words(title)}</h2>
<p class="ink" style="margin:0 0 16px;word-break:break-word">${words(text)}</p>${table}
<a class="go" href="${escaped(url)}" style="display:inline-block;padding:10px 16px;border-radius:6px;text-decoration:none;font-weight:600">${words(action)}</a>
<p class="muted" style="margin:12px 0 0;font-size:12px;line-height:18px;word-break:break-all">${escaped(url)}</p></div>`;
}

function link(url: string, label: string): string {
  return `<a class="muted" href="${escaped(url)}" style="text-decoration:underline">${words(label)}</a>`;
}

function words(text: string): string {
  return escaped(defused(text));
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
