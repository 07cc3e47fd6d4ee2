import {
  DefaultZIndexes,
  useActiveTooltipDataPoints,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  ZIndexLayer,
} from 'recharts';
import { formatPrice } from '../../ui/format.ts';
import type { Candle } from './candles.ts';
import classes from './price-crosshair.module.css';

/** As wide as the axis that it is drawn over. */
const TAG_WIDTH = 54;
const TAG_HEIGHT = 16;

/** Lines through the time and the price that the pointer is at, the price written on its axis. */
export function PriceCrosshair() {
  const candle = useActiveTooltipDataPoints<Candle>()?.[0];
  const area = usePlotArea();
  const x = useXAxisScale()?.(candle?.atMs);
  const y = useYAxisScale()?.(candle?.price);
  if (candle === undefined || area === undefined || x === undefined || y === undefined) return null;
  const right = area.x + area.width;
  return (
    // Above the words of the axis, which it covers.
    <ZIndexLayer zIndex={DefaultZIndexes.label + 1}>
      <g className={classes.crosshair} data-part="crosshair">
        <line x1={x} x2={x} y1={area.y} y2={area.y + area.height} />
        <line x1={area.x} x2={right} y1={y} y2={y} />
        <rect x={right} y={y - TAG_HEIGHT / 2} width={TAG_WIDTH} height={TAG_HEIGHT} rx={2} />
        <text x={right + 4} y={y} dominantBaseline="central">
          {formatPrice(candle.price)}
        </text>
      </g>
    </ZIndexLayer>
  );
}
