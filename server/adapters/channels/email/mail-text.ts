import type { Item, Message } from "../channel";
import { defused } from "../untrusted";

/** The mail for whoever reads no HTML: the same words from the same data. */
export function mailText({ title, items, more, studio, settings }: Message): string {
  const parts = items.map(itemText);
  if (items.length > 1) parts.unshift(defused(title));
  if (more > 0) parts.push(`And ${more} more in the studio:\n${studio}`);
  return `${parts.join("\n\n---\n\n")}\n\n-- \nOpening a link decides nothing. Agent Labs Studio never asks you to answer by mail.\nWhat is sent to you, and whether: ${settings}\n`;
}

function itemText({ title, text, facts, url, action }: Item): string {
  const said = [title, text, ...facts.map(({ name, value }) => `${name}: ${value}`)].filter(Boolean).map(defused);
  const [head, ...rest] = said;
  return `${head}\n\n${rest.join("\n")}\n\n${action}:\n${url}`;
}
