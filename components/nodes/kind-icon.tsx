import { ArrowRightFromLine, ArrowRightToLine, Bot, type LucideIcon, ShieldCheck, Split } from "lucide-react";
import { lazy, Suspense } from "react";
import { fetchInTime } from "@/components/ui/loaded-later";
import type { FirstKind } from "./first-kinds";
import { isKind } from "./kind-looks";

const icons: Readonly<Record<FirstKind, LucideIcon>> = {
  input: ArrowRightFromLine,
  output: ArrowRightToLine,
  agent: Bot,
  approval: ShieldCheck,
  branch: Split,
};

const load = fetchInTime(() => import("./later-icon"));
const LaterIcon = lazy(() =>
  load().then(
    (file) => ({ default: file.LaterIcon }),
    () => ({ default: Nothing }), // it says nothing that the words beside it do not
  ),
);

/** The mark of a kind, in the colour of the words around it. A kind that is not known here has none. */
export function KindIcon({ kind }: { kind: string }) {
  if (!isKind(kind)) return <Nothing />;
  if (isFirst(kind)) {
    const Icon = icons[kind];
    return <Icon aria-hidden />;
  }
  return (
    <Suspense fallback={<Nothing />}>
      <LaterIcon kind={kind} />
    </Suspense>
  );
}

export function isFirst(kind: string): kind is FirstKind {
  return Object.hasOwn(icons, kind);
}

/** As wide as an icon, so that no word moves when one comes. */
function Nothing() {
  return <span aria-hidden className="inline-block size-4 shrink-0" />;
}
