export type StartingPointProps = { title: string; about: string; checked: boolean; onChoose(): void };

/** One of a few: a radio button with room for what it means. */
export function StartingPoint({ title, about, checked, onChoose }: StartingPointProps) {
  return (
    <label className="quick flex items-start gap-3 rounded-control border border-line-strong px-3 py-2 hover:border-control has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-focus">
      <input type="radio" name="start" checked={checked} onChange={onChoose} className="mt-1 accent-accent" />
      <span className="min-w-0">
        <span className="block font-strong">{title}</span>
        <span className="block text-12 text-muted">{about}</span>
      </span>
    </label>
  );
}
