import { createDecipheriv, createECDH, createHmac, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { expect, test } from "vitest";
import { mailReceiver } from "@/e2e/fixtures/mail-server";
import { guardedFetch } from "@/server/egress/guarded-fetch";
import { type ChannelRig, channelContract, item, message } from "./channel.contract";
import { emailChannel } from "./email/email";
import { pushChannel } from "./push/push";
import { vapidKey } from "./push/vapid";
import { type Posted, postReceiver } from "./receivers.contract";
import { slackChannel } from "./slack";
import { webhookChannel } from "./webhook";

const QUICK = { connectMs: 2_000, answerMs: 500 };
const WAIT_MS = 500;
const SECRET = `whsec_${Buffer.from("a secret of a webhook, long enough").toString("base64")}`;
const now = () => Date.parse("2026-11-22T08:00:00Z");
const guardFor = (origin: string) => guardedFetch({ trusted: new Set([origin]) });

async function emailRig(): Promise<ChannelRig> {
  const server = await mailReceiver();
  const channel = emailChannel({ url: `smtp://127.0.0.1:${server.port}`, from: "Studio <studio@studio.test>" }, QUICK);
  return {
    channel,
    target: { address: "bob@people.test" },
    behave: server.behave,
    arrived: async () =>
      server.mails.map(({ raw, email }) => ({
        id: (email.messageId ?? "").replace(/^<|@.*$/g, ""),
        text: `${email.text}`,
        raw: `${email.text} ${email.html} ${raw.split("\r\n\r\n")[0]}`,
      })),
    close: server.close,
  };
}

async function webhookRig(): Promise<ChannelRig> {
  const server = await postReceiver();
  const channel = webhookChannel({ guard: guardFor(server.origin), now, waitMs: WAIT_MS });
  const read = ({ headers, body }: Posted) => {
    const { notices } = JSON.parse(body.toString());
    // Data of a program's own: what is somebody's words in it and what is an address has its own field.
    const addresses = notices.map(({ url }: { url: string }) => url).join(" ");
    return { id: String(headers["webhook-id"]), text: body.toString(), raw: addresses };
  };
  const arrived = async () => server.posted.map(read);
  return { ...server, channel, target: { url: `${server.origin}/hook`, secret: SECRET }, arrived };
}

async function slackRig(): Promise<ChannelRig> {
  const server = await postReceiver();
  const channel = slackChannel({ guard: guardFor(server.origin), waitMs: WAIT_MS });
  const arrived = async () =>
    server.posted.map(({ headers, body }) => {
      const raw = body.toString();
      return { id: String(headers["x-notice-id"]), text: raw, raw };
    });
  return { ...server, channel, target: { url: `${server.origin}/services/T0/B0/key` }, arrived };
}

const vapid = vapidKey(Buffer.alloc(32, 7));

/** What a browser does with a push message, after RFC 8291, written apart from what sends it. */
function decrypted(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const length = body[20] ?? 0;
  const theirs = body.subarray(21, 21 + length);
  const sealed = body.subarray(21 + length);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), theirs]);
  const material = Buffer.from(hkdfSync("sha256", browser.computeSecret(theirs), auth, info, 32));
  const key = Buffer.from(hkdfSync("sha256", material, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16));
  const nonce = Buffer.from(hkdfSync("sha256", material, salt, Buffer.from("Content-Encoding: nonce\0"), 12));
  const opener = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(sealed.subarray(-16));
  const opened = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()]);
  return opened.subarray(0, opened.lastIndexOf(2)).toString();
}

async function pushRig() {
  const server = await postReceiver();
  const browser = createECDH("prime256v1");
  browser.generateKeys();
  const auth = randomBytes(16);
  const channel = pushChannel({
    ...{ guard: guardFor(server.origin), key: vapid, subject: "https://studio.test", now, waitMs: WAIT_MS },
  });
  const endpoint = `${server.origin}/push/one`;
  const target = { endpoint, p256dh: browser.getPublicKey("base64url"), auth: auth.toString("base64url") };
  const arrived = async () =>
    server.posted.map(({ body }) => {
      const raw = decrypted(body, browser, auth);
      const { id } = JSON.parse(raw) as { id: string };
      return { id, text: raw, raw: raw.replace(/"(title|text)":"[^"]*"/g, "") };
    });
  return { ...server, channel, target, arrived, posted: server.posted } satisfies ChannelRig & { posted: Posted[] };
}

channelContract("e-mail", emailRig);
channelContract("a signed webhook", webhookRig);
channelContract("a Slack-compatible webhook", slackRig);
channelContract("web push", pushRig);

test("a mail has one receiver, whatever is in its words, and says where it is chosen what is sent", async () => {
  const server = await mailReceiver();
  const channel = emailChannel({ url: `smtp://127.0.0.1:${server.port}`, from: "Studio <studio@studio.test>" }, QUICK);
  const title = "Pay?\r\nBcc: eve@evil.test\r\nSubject: other\r\n\r\n<script>alert(1)</script>";
  const hostile = { ...item, title, text: "<img src=x onerror=alert(1)> & <b>bold</b>" };
  expect(await channel.send(message([hostile]), { address: "bob@people.test" })).toMatchObject({ ok: true });
  const [mail] = server.mails;
  expect(mail?.to).toEqual(["bob@people.test"]);
  expect(mail?.email.bcc).toBeUndefined();
  const subject = mail?.email.subject?.replaceAll("\u200b", "");
  expect(subject).toBe("Pay? Bcc: eve@evil.test Subject: other <script>alert(1)</script>");
  expect(mail?.email.html).not.toMatch(/<script|<img|<b>/);
  expect(mail?.raw).toContain("List-Unsubscribe: <https://studio.test/settings>");
  expect(mail?.raw).toContain("Auto-Submitted: auto-generated");
  expect(mail?.email.messageId).toBe(`<${message().id}@studio.test>`);
  await channel.close();
  await server.close();
});

test("a list of receivers is no address", async () => {
  const channel = emailChannel({ url: "smtp://127.0.0.1:9", from: "studio@studio.test" }, QUICK);
  await expect(channel.send(message(), { address: "bob@people.test, eve@evil.test" })).rejects.toThrow();
  await expect(channel.send(message(), { address: "bob@people.test\r\nRCPT TO:<eve@evil.test>" })).rejects.toThrow();
  await channel.close();
});

test("a password is not sent to a mail server that offers no TLS", async () => {
  const server = await mailReceiver({ password: "secret" });
  const channel = emailChannel({ url: `smtp://studio:secret@127.0.0.1:${server.port}`, from: "s@studio.test" }, QUICK);
  const sent = await channel.send(message(), { address: "bob@people.test" });
  expect(sent).toMatchObject({ ok: false, error: { final: false } });
  expect(sent.ok || sent.error.problem).toContain("no connection that is safe enough");
  expect(JSON.stringify(sent)).not.toContain("secret");
  await channel.close();
  await server.close();
});

test("a webhook's receiver can tell by the signature that a post is ours and untouched", async () => {
  const rig = await postReceiver();
  const channel = webhookChannel({ guard: guardFor(rig.origin), now });
  await channel.send(message(), { url: `${rig.origin}/hook`, secret: SECRET });
  const [post] = rig.posted;
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": mark } = post?.headers ?? {};
  expect(at).toBe("1795334400");
  const key = Buffer.from(SECRET.slice(6), "base64");
  const signed = createHmac("sha256", key).update(`${id}.${at}.${post?.body}`).digest("base64");
  expect(mark).toBe(`v1,${signed}`);
  await channel.close();
  await rig.close();
});

test("an address that answers that nobody is there is gone, and a redirect is not followed", async () => {
  const [here, elsewhere] = [await postReceiver(), await postReceiver()];
  const channel = webhookChannel({ guard: guardFor(here.origin), now, waitMs: WAIT_MS });
  const target = { url: `${here.origin}/hook`, secret: SECRET };
  await here.behave("gone");
  expect(await channel.send(message(), target)).toMatchObject({
    ok: false,
    error: { code: "address_gone", final: true },
  });
  await here.behave("moved");
  expect(await channel.send(message(), target)).toMatchObject({
    ok: false,
    error: { code: "channel_refused", final: true },
  });
  expect(elsewhere.posted).toEqual([]);
  await channel.close();
  await Promise.all([here.close(), elsewhere.close()]);
});

test("what lies on a private network is not called, unless the operator names it", async () => {
  const rig = await postReceiver();
  const guard = guardedFetch({ trusted: new Set() });
  const channels = [webhookChannel({ guard, now }), slackChannel({ guard })];
  const secret = SECRET;
  for (const channel of channels)
    for (const url of [`${rig.origin}/hook`, "https://127.0.0.1/hook", "https://[::1]/", "https://169.254.169.254/"])
      expect(await channel.send(message(), { url, secret })).toMatchObject({
        ok: false,
        error: { code: "egress_refused", final: true },
      });
  expect(rig.posted).toEqual([]);
  await guard.close();
  await rig.close();
});

test("a push service is told who sends, for its own origin, by the studio's key", async () => {
  const rig = await pushRig();
  await rig.channel.send(message(), rig.target);
  const header = String(rig.posted[0]?.headers.authorization);
  const [, head = "", claims = "", mark = "", k = ""] =
    /^vapid t=([^.]+)\.([^.]+)\.([^,]+), k=(.+)$/.exec(header) ?? [];
  expect(k).toBe(vapid.publicKey);
  const point = Buffer.from(k, "base64url");
  const [x, y] = [point.subarray(1, 33).toString("base64url"), point.subarray(33).toString("base64url")];
  const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const signed = Buffer.from(`${head}.${claims}`);
  expect(verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(mark, "base64url"))).toBe(true);
  const said = JSON.parse(Buffer.from(claims, "base64url").toString());
  expect(said).toMatchObject({ aud: rig.origin, sub: "https://studio.test" });
  expect(said.exp * 1_000 - now()).toBeLessThanOrEqual(86_400_000);
  await rig.channel.close();
  await rig.close();
});
