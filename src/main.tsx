import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { pacedFrames } from './store/paced-frames.ts';
import { paceTicks } from './ui/shared-clock.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
paceTicks(pacedFrames);
createRoot(root).render(<App />);
