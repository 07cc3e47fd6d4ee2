import { LOG_LEVELS, type LogLevel } from '../../contract/logs.ts';

/** A level, or `other` for lines that name none. */
export type LevelKey = LogLevel | 'other';
export const LEVEL_KEYS: readonly LevelKey[] = [...LOG_LEVELS, 'other'];
