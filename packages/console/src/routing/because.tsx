/** The values that led to something, in the node's own sentences. */
export function Because({ because }: { because: string[] }) {
  if (because.length === 0) return null;
  return (
    <ul className="dry-run-because secondary">
      {because.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  );
}
