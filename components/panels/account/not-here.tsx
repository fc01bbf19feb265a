import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

export type NotHereProps = { title: string; text: string; href: string; action: string };

/** An address that leads nowhere, and where to go instead. */
export function NotHere({ title, text, href, action }: NotHereProps) {
  return (
    <Page title={title}>
      <EmptyState
        level={2}
        title="Nothing was changed"
        text={text}
        actions={
          // A plain link: every page carries this one, and a router for it would weigh more than the page.
          <a href={href} className={buttonStyle({ tone: "primary" })}>
            {action}
          </a>
        }
      />
    </Page>
  );
}
