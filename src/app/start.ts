import './live-panels.ts';
import { startFeeds } from './feeds.ts';

// Before the libraries of the page are evaluated: the feeds' worker loads while they are.
startFeeds();
