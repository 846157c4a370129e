export interface FactRow {
  name: string;
  value: string | undefined | null;
  /** On hover. */
  hint?: string | undefined;
}

/** Names and values; what has no value is left out. */
export function Facts({ rows }: { rows: readonly FactRow[] }) {
  const known = rows.filter((row) => row.value);
  if (known.length === 0) return null;
  return (
    <dl className="facts">
      {known.map(({ name, value, hint }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={hint}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
