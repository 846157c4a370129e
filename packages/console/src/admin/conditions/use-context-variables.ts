import { useValue } from '../object/form-context.ts';
import { isMap } from '../object/paths.ts';

export interface ContextVariableDefinition {
  name: string;
  type: 'text' | 'number';
}

/** Those that the workstream defines at the moment, saved or not. */
export function useContextVariables(): ContextVariableDefinition[] {
  const value = useValue('contextVariables');
  return (Array.isArray(value) ? value : []).flatMap((one) =>
    isMap(one) && typeof one.name === 'string' && one.name !== ''
      ? [{ name: one.name, type: one.type === 'number' ? 'number' : 'text' }]
      : [],
  );
}
