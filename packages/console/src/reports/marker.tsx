interface Props {
  look: string;
  x: number;
  y: number;
  /** What is said on hover. */
  children?: string;
}

const shapes: Record<string, string> = {
  p50: 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z',
  p90: 'M-3-3h6v6h-6z',
  p99: 'M0-4L4 3H-4z',
};

/** A point of a line: a disc, a square, or a triangle. */
export function Marker({ look, x, y, children }: Props) {
  return (
    <path className="plot-marker" d={shapes[look]} transform={`translate(${x} ${y})`}>
      {children ? <title>{children}</title> : null}
    </path>
  );
}
