import { useCallback, useState } from 'react';

/**
 * Throws what broke outside of React, in a timer or a promise, where the error boundary around this component gets it: a panel
 * whose own code failed says so, instead of standing still as if nothing came.
 */
export function useThrown(): (error: unknown) => void {
  const [, setState] = useState(null);
  return useCallback((error) => {
    setState(() => {
      throw error;
    });
  }, []);
}
