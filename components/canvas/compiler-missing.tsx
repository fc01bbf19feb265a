import { ErrorNotice } from "@/components/ui/error-notice";

/** Drawing goes on without the compiler; judging does not. */
export function CompilerMissing() {
  return (
    <div className="border-b p-3">
      <ErrorNotice
        what="The compiler could not be loaded, so problems and the worst case are not known."
        safe="The flow can be edited and is saved."
        next="Load the page again."
        code="compiler_not_loaded"
      />
    </div>
  );
}
