import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";

export type Pages = {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage(): Promise<unknown>;
};

/** The end of a list that is read page by page. */
export function Older({ pages, of }: { pages: Pages; of: string }) {
  if (!pages.hasNextPage) return null;
  return (
    <div className="flex flex-col items-start gap-3">
      {pages.isFetchNextPageError && <ApiFault fault={pages.error} />}
      <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        Older {of}
      </Button>
    </div>
  );
}
