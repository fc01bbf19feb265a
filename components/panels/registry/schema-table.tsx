import { JsonView } from "@/components/ui/json-view";
import { Panel } from "@/components/ui/panel";
import type { Json } from "@/flows/basics/json";
import { linesOf } from "./schema-words";

/** `of` is whose it is, where a page shows those of several agents. */
type SchemaProps = { title: string; of?: string; schema: { readonly [key: string]: unknown } };

/** What an agent takes or gives, field by field; the schema itself lies below it. */
export function SchemaTable({ title, of, schema }: SchemaProps) {
  const lines = linesOf(schema);
  const whose = of && <span className="sr-only">, {of}</span>;
  return (
    <Panel
      title={
        <>
          {title}
          {whose}
        </>
      }
      padding="flush"
      level={of ? 3 : 2}
    >
      {lines.length === 0 && <p className="p-4 text-muted">Nothing that it names.</p>}
      {lines.length > 0 && (
        <ul>
          {lines.map(({ name, title: own, type, required, about, depth }, place) => (
            <li key={place} className="border-b px-4 py-2 last:border-b-0">
              <p className="flex flex-wrap items-baseline gap-x-3">
                {depth > 0 && <span className="text-faint">{"· ".repeat(depth)}</span>}
                <span className="break-all font-mono">{name}</span>
                {own && own !== name && <span>{own}</span>}
                <span className="text-muted">{type}</span>
                {required && <span className="text-12 text-warn">required</span>}
              </p>
              {about && <p className="break-words text-12 text-muted">{about}</p>}
            </li>
          ))}
        </ul>
      )}
      <details className="border-t px-4 py-2">
        <summary className="text-12 text-muted">As JSON Schema</summary>
        <div className="pt-2">
          <JsonView value={schema as Json} label={of ? `${title}, ${of}` : title} />
        </div>
      </details>
    </Panel>
  );
}
