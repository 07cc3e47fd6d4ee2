import { act, render, screen } from '@testing-library/react';
import { ErrorBoundary } from 'react-error-boundary';
import { expect, test, vi } from 'vitest';
import { useThrown } from '../../src/ui/use-thrown.ts';

function Panel({ onReady }: { onReady: (onThrown: (error: unknown) => void) => void }) {
  onReady(useThrown());
  return <p>Prices</p>;
}

test('what breaks outside of React is said by the error boundary of its panel', () => {
  let onThrown: (error: unknown) => void = () => undefined;
  const onError = vi.fn();
  render(
    <ErrorBoundary fallback={<p>This panel failed</p>} onError={onError}>
      <Panel onReady={(ready) => (onThrown = ready)} />
    </ErrorBoundary>,
  );
  expect(screen.getByText('Prices')).toBeVisible();
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const defect = new Error('a defect');
  act(() => onThrown(defect));
  error.mockRestore();
  expect(screen.getByText('This panel failed')).toBeVisible();
  expect(onError).toHaveBeenCalledWith(defect, expect.anything());
});
