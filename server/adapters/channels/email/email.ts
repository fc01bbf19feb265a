import { createTransport } from "nodemailer";
import { z } from "zod";
import { err, ok } from "@/flows/basics/result";
import type { Channel, NotSent } from "../channel";
import { defused, plain } from "../untrusted";
import { mailHtml } from "./mail-html";
import { mailText } from "./mail-text";

const EmailTarget = z.object({ address: z.email().max(254) });

/** `url`: smtp://user:password@host:587, or smtps:// for TLS from the start. `from`: a name and an address, or an address. */
export type MailServer = { url: string; from: string };
type Waits = { connectMs: number; answerMs: number };

const WAITS: Waits = { connectMs: 10_000, answerMs: 20_000 };
const SUBJECT = 150;

/**
 * Mail over SMTP. A password goes only over TLS, also when the server offers less; without one TLS is taken where it is
 * offered. Neither files nor addresses are read for what a mail holds.
 */
export function emailChannel(server: MailServer, { connectMs, answerMs }: Waits = WAITS): Channel {
  const { hostname, port, username, password, protocol } = new URL(server.url);
  const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;
  const secure = protocol === "smtps:";
  const transport = createTransport({
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(auth ? { auth, requireTLS: !secure } : {}),
    connectionTimeout: connectMs,
    dnsTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^\s<>@]+)>?\s*$/.exec(server.from)?.[1] ?? "studio.invalid";
  return {
    async send(message, target) {
      const { address } = EmailTarget.parse(target);
      try {
        const { response } = await transport.sendMail({
          from: server.from,
          to: { name: "", address },
          subject: defused(plain(message.title, SUBJECT)),
          text: mailText(message),
          html: mailHtml(message),
          messageId: `<${message.id}@${domain}>`,
          headers: {
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": `<${message.settings}>`,
            "X-Notice-Id": message.id,
          },
        });
        return ok({ receipt: plain(String(response), 200) });
      } catch (problem) {
        return err(notSent(problem));
      }
    },
    async close() {
      transport.close();
    },
  };
}

const Fault = z.object({
  code: z.string().optional(),
  responseCode: z.number().optional(),
  response: z.string().optional(),
});

/** Words for what nodemailer says. What a server answered is told, what the studio's password is never is. */
function notSent(problem: unknown): NotSent {
  const { code = "", responseCode = 0, response = "" } = Fault.safeParse(problem).data ?? {};
  const words = plain(response, 160);
  const refused = problem instanceof Error && /ECONNREFUSED/.test(problem.message);
  if (code === "EAUTH")
    return { code: "channel_refused", problem: "the mail server does not take the studio's password", final: false };
  if (code === "ETLS")
    return {
      code: "channel_refused",
      problem: "the mail server offers no connection that is safe enough",
      final: false,
    };
  if (code === "EENVELOPE" && responseCode >= 500)
    return { code: "address_refused", problem: `the mail server refused the address: ${words}`, final: true };
  if (responseCode >= 400)
    return {
      code: "channel_refused",
      problem: `the mail server refused the mail: ${words}`,
      final: responseCode >= 500,
    };
  if (refused) return { code: "channel_unreachable", problem: "the mail server refused the connection", final: false };
  if (code === "ETIMEDOUT")
    return { code: "channel_slow", problem: "the mail server did not answer in time", final: false };
  if (code === "EDNS")
    return { code: "channel_unreachable", problem: "the mail server's name has no address", final: false };
  return { code: "channel_unreachable", problem: "the connection to the mail server broke", final: false };
}
