import { LoaderCircle } from "lucide-react";

/** Says only that something moves; the word beside it says what. Stands still under reduced motion. */
export function Spinner() {
  return <LoaderCircle aria-hidden className="animate-turn" />;
}
