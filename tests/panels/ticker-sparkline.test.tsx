// @vitest-environment happy-dom
import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Sparkline } from '../../src/ui/sparkline.tsx';

const samples = [{ price: 10 }, { price: 20 }];
const pointsOf = (container: HTMLElement) => container.querySelector('polyline')?.getAttribute('points');

describe('Sparkline', () => {
  it.each([
    [15, '0.0,16.0 36.0,2.0 72,9'],
    [40, '0.0,16.0 36.0,11.3 72,2'],
    [10, '0.0,16.0 36.0,2.0 72,16'],
  ])('ends at the price that is shown: %d', (last, points) => {
    const { container } = render(<Sparkline samples={samples} last={last} />);
    expect(pointsOf(container)).toBe(points);
  });

  it('draws a line as soon as one second of a symbol is over, and none before', () => {
    const { container, rerender } = render(<Sparkline samples={[]} last={5} />);
    expect(pointsOf(container)).toBeUndefined();
    rerender(<Sparkline samples={[{ price: 5 }]} last={5} />);
    expect(pointsOf(container)).toBe('0.0,16.0 72,16');
  });

  it('is not drawn again for a price that is less than a pixel away', () => {
    const { container, rerender } = render(<Sparkline samples={samples} last={15} />);
    const before = container.querySelector('polyline')?.outerHTML;
    rerender(<Sparkline samples={samples} last={15.1} />);
    expect(container.querySelector('polyline')?.outerHTML).toBe(before);
    rerender(<Sparkline samples={samples} last={17} />);
    expect(container.querySelector('polyline')?.outerHTML).not.toBe(before);
  });
});
