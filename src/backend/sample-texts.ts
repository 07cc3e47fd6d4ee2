/** What the sample streams say: true sentences about what they are, so that a reader learns while watching. */
export const TEXT_SAMPLE = `A response body does not have to be ready before it is sent. \
The server writes a piece, the client reads it, and the connection stays open until the last piece. \
Between the two there is no message boundary: what was written in one piece may arrive in two, and two may arrive as one. \
So a reader keeps what it has of a line, or of a character, until the rest of it has come — naïve code cuts “é” in half.
`;

/** Things that a service says as it goes about its day; each sample takes the next. */
export const SERVICE_MESSAGES = [
  'Order 48213 received from the web shop',
  'Payment for order 48213 authorised by the bank',
  'Stock reserved: 2 × desk lamp, warehouse Lyon',
  'Picking list printed for shelf C-14',
  'Parcel weighed: 1.84 kg, label made',
  'Parcel handed to the carrier, van 7',
  'Customer told by e-mail, in French',
  'Invoice 2093 written and archived',
  'Carrier scanned the parcel in Dijon',
  'Parcel delivered, signed for at the door',
  'Review asked for, to be sent in three days',
  'Shelf C-14 below its minimum: 12 lamps reordered',
] as const;

export const UPDATE_MESSAGES = [
  'Route table reloaded: 214 routes',
  'Cache warmed: 1,932 entries',
  'Replica caught up with its primary',
  'Certificate checked: 61 days left',
  'Nightly backup moved to cold storage',
] as const;

export const ALERT_MESSAGES = [
  'Queue “mail” is 90 s behind',
  'Disk /var at 86 %',
  'Error rate of “checkout” above 1 % for 5 min',
  'Replica 2 stopped answering; traffic moved to replica 3',
] as const;

export const NOTICE_MESSAGES = [
  'Deploy 412 began in region north',
  'Anna took the on-call phone',
  'Maintenance window announced for Sunday, 02:00 UTC',
  'Feature “new-search” on for 5 % of sessions',
] as const;

/** The `index`th of a list that goes round. */
export function takeRound(messages: readonly string[], index: number): string {
  return messages[index % messages.length] ?? '';
}
