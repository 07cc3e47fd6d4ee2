import { USER_COUNT, type User } from '../contract/exports.ts';
import { noteFor, type Pick } from './user-seed-notes.ts';
import { asciiName, PLACES, type Place } from './user-seed-places.ts';

/** Names the rows below; rows made by another version live in another table. Raise it when any row changes. */
export const SEED_VERSION = 1;

const SEED = 0x5eed_2026;
const MAIL_HOSTS = ['example.com', 'example.org', 'example.net', 'mail.example', 'post.example'] as const;
const PLANS = ['free', 'free', 'free', 'free', 'team', 'team', 'enterprise'] as const;
const BALANCE_LIMIT = { free: 4_000, team: 90_000, enterprise: 2_500_000 } as const;
const FIRST_DAY = Date.UTC(2016, 0, 4);
const DAYS = 3_600;
const DAY_MS = 86_400_000;

/** Mulberry32: a small generator of well-mixed 32-bit numbers, as fractions below 1. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Each place as often as its weight says, so that one pick chooses by weight. */
const WEIGHTED_PLACES: readonly Place[] = PLACES.flatMap((place) => Array<Place>(place.weight).fill(place));

const ASCII_NAMES: ReadonlyMap<string, string> = new Map(
  PLACES.flatMap(({ given, family }) => [...given, ...family]).map((name) => [name, asciiName(name)]),
);

/** Users signed up in the order of their IDs, more of them each year. */
function signedUpAt(id: number): string {
  const day = Math.floor(DAYS * Math.sqrt(id / USER_COUNT));
  return new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
}

/** User number `id`, from 1: the same row in every run and on every machine, whatever was asked for before. */
export function userAt(id: number): User {
  const random = randomFrom(SEED ^ Math.imul(id, 0x9e3779b1));
  const pick: Pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

  const place = pick(WEIGHTED_PLACES);
  const given = pick(place.given);
  const family = pick(place.family);
  const plan = pick(PLANS);
  // A tenth of the accounts owes something.
  const cents = Math.floor(random() * BALANCE_LIMIT[plan]) - Math.floor(BALANCE_LIMIT[plan] / 10);
  return {
    id,
    name: `${given} ${family}`,
    email: `${ASCII_NAMES.get(given)}.${ASCII_NAMES.get(family)}.${id}@${pick(MAIL_HOSTS)}`,
    city: pick(place.cities),
    country: place.country,
    signedUp: signedUpAt(id),
    plan,
    balance: cents / 100,
    note: noteFor(pick, given),
  };
}
