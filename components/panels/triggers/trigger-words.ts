import type { Json } from "@/flows/basics/json";
import type { Trigger } from "@/flows/plan/around";

export type OwnTrigger = Exclude<Trigger, { on: "manual" }>;
type Fires = { on: "schedule"; cron: string; zone: string } | { on: "webhook" } | { on: "event"; event: string };

/** What starts a run, in a few words. */
export function firingWords(trigger: Fires): string {
  switch (trigger.on) {
    case "schedule":
      return `At ${trigger.cron} in ${trigger.zone}`;
    case "webhook":
      return "By a signed post to its address";
    case "event":
      return `When ${trigger.event} is published`;
  }
}

/** `Monday 23 November 2026 at 09:00, Europe/Vienna`: in the zone of the schedule, whatever the reader's own. */
export function timeInZone(ms: number, zone: string): string {
  const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-GB", { ...day, hour: "2-digit", minute: "2-digit", timeZone: zone });
  return `${format.format(ms)}, ${zone}`;
}

type Property = { type?: unknown; enum?: unknown; properties?: unknown; required?: unknown };

/** A body that a schema might take: to be filled in by whoever posts it. */
export function exampleOf(schema: Property): Json {
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0] as Json;
  switch (schema.type) {
    case "object": {
      const properties = Object.entries((schema.properties ?? {}) as Record<string, Property>);
      const required = Array.isArray(schema.required) ? schema.required : [];
      const shown = properties.filter(([name]) => required.includes(name));
      return Object.fromEntries((shown.length > 0 ? shown : properties).map(([name, each]) => [name, exampleOf(each)]));
    }
    case "array":
      return [];
    case "number":
    case "integer":
      return 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return "text";
  }
}

/** A post that works as it stands, in a shell with openssl and curl. */
export function curlExample({ address, secret, body }: { address: string; secret: string; body: Json }): string {
  const quoted = JSON.stringify(body).replaceAll("'", "'\\''");
  return `SECRET='${secret}'
BODY='${quoted}'
T=$(date +%s)
KEY="$T-$$"
MARK=$(printf '%s.%s.%s' "$T" "$KEY" "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -hex | sed 's/^.* //')
curl -sS '${address}' --data "$BODY" \\
  -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: $KEY" \\
  -H "X-Studio-Signature: t=$T,v1=$MARK"`;
}
