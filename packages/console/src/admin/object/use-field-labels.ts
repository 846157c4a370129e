import { useCallback, useState } from 'react';

/** Which fields a form has at the moment, by path, with their labels. */
export function useFieldLabels() {
  const [fields, setFields] = useState<ReadonlyMap<string, string>>(new Map());
  const register = useCallback((path: string, label: string) => {
    setFields((before) => new Map([...before, [path, label]]));
    return () => {
      setFields((before) => new Map([...before].filter(([at]) => at !== path)));
    };
  }, []);
  return { fields, register };
}
