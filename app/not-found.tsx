import { NotHere } from "@/components/panels/account/not-here";

export default function NotFound() {
  return (
    <main>
      <NotHere
        title="There is no such page"
        text="The address may be mistyped, or what it showed was removed."
        href="/flows"
        action="Go to your flows"
      />
    </main>
  );
}
