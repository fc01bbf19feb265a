import { NotHere } from "@/components/panels/account/not-here";

export default function NotFound() {
  return (
    <NotHere
      title="This draft is not here"
      text="It belongs to another account, or was removed."
      href="/publish"
      action="Show your agents"
    />
  );
}
