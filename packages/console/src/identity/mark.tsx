import markSource from '../../../messenger/src/mark.svg?raw';
import './mark.css';

/** The strokes of the one drawing; the colours are the theme's. The last stroke is the check. */
const strokes = [...markSource.matchAll(/<path d="([^"]+)"[^>]*stroke-width="([\d.]+)"/g)];

export function Mark({ size }: { size: number }) {
  return (
    <svg className="mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      {strokes.map(([, path, width]) => (
        <path key={path} d={path} strokeWidth={width} />
      ))}
    </svg>
  );
}
