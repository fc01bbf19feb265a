import type { PoolClient } from "pg";
import type { Fact, Item, Message } from "../channel";
import { URGENT } from "../kinds";
import { plain } from "../untrusted";

export type SendingRow = {
  id: string;
  address_id: string;
  kind: "notices" | "check" | "test";
  zone: string | null;
};

type NoticeRow = {
  id: string;
  kind: string;
  at: Date;
  title: string;
  text: string;
  facts: Fact[];
  path: string;
  action: string;
  moot: boolean;
};

const MOST_SHOWN = 20;

/** What is due of a sending by now; null when nothing of it is of use any more, because it was answered meanwhile, or asks its receiver no more. */
export async function messageOf(
  client: Pick<PoolClient, "query">,
  { id, kind, zone }: SendingRow,
  { studioUrl, code }: { studioUrl: string; code: string | undefined },
): Promise<Message | null> {
  const pages = { studio: `${studioUrl}/notices`, settings: `${studioUrl}/settings` };
  if (kind !== "notices") {
    const item = kind === "check" ? checkItem(id, pages.settings, code) : testItem(id, pages.studio);
    return { id, kind, title: item.title, items: [item], more: 0, ...pages };
  }
  const { rows } = await client.query<NoticeRow>(
    `select n.id, n.kind, n.at, n.title, n.text, n.facts, n.path, n.action,
            n.kind = any($2) and (exists (select from question q where q.operation = n.operation and (q.state <> 'open' or q.until <= now()))
              or not exists (select from still_asked(n.operation) s where s.person = n.receiver_id)) as moot
       from notice_delivery d join notice n on n.id = d.notice_id
      where d.sending_id = $1 order by n.at, n.id`,
    [id, URGENT],
  );
  const current = rows.filter(({ moot }) => !moot);
  const items = current.slice(0, MOST_SHOWN).map((row) => itemOf(row, studioUrl, zone));
  const [first] = items;
  if (!first) return null;
  const title = items.length === 1 ? first.title : plain(`${current.length} notices: ${first.title}`, 140);
  return { id, kind, title, items, more: current.length - items.length, ...pages };
}

function itemOf(
  { id, kind, at, title, text, facts, path, action }: NoticeRow,
  studioUrl: string,
  zone: string | null,
): Item {
  const told = facts.map(({ name, value }) => ({ name, value: dateIn(zone, value) }));
  return { notice: id, kind, at: at.toISOString(), title, text, facts: told, url: `${studioUrl}${path}`, action };
}

/** A moment among the facts, in the zone of whoever reads it. */
function dateIn(zone: string | null, value: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return value;
  const timeZone = zone ?? "UTC";
  return `${new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(value))} ${timeZone}`;
}

function checkItem(notice: string, url: string, code: string | undefined): Item {
  const text = code
    ? `Somebody who is signed in to the studio wants notices sent here. If it was you, type this code into the settings within half an hour. If it was not, do nothing: nothing more is sent here.`
    : "Notices of the studio are to be sent here. That this one was taken is all that has to be shown.";
  const facts = code ? [{ name: "Code", value: code }] : [];
  const at = new Date().toISOString();
  return {
    notice,
    kind: "check",
    at,
    title: "Confirm this address for notices",
    text,
    facts,
    url,
    action: "Open the settings",
  };
}

function testItem(notice: string, url: string): Item {
  const text = "It was sent because somebody pressed the button. Nothing waits for you.";
  const at = new Date().toISOString();
  return { notice, kind: "test", at, title: "This is a test notice", text, facts: [], url, action: "Open the studio" };
}
