import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useMemo } from 'react';
import { endpointGroups, endpointKey, findEndpoint } from './endpoint-fields.ts';
import { METHODS, READERS, type Reader, TRANSPORTS, useInspectorDraft } from './inspector-draft.ts';
import { ParameterInputs } from './parameter-inputs.tsx';
import type { ReadDraft } from './read-draft.ts';
import classes from './request-form.module.css';

const ANY_URL = 'any';

const readerLabels: Record<Reader, string> = {
  auto: 'By content type',
  sse: 'Event stream (SSE)',
  ndjson: 'NDJSON',
  'json-array': 'JSON array',
  csv: 'CSV',
  lines: 'Lines',
  text: 'Text',
  bytes: 'Bytes',
};

interface RequestFormProps {
  readonly read: ReadDraft;
  readonly onSubmit: () => void;
}

/** The request: an endpoint of the catalogue with its parameters or any URL, and everything that goes with it. */
export function RequestForm({ read, onSubmit }: RequestFormProps) {
  const { draft, change } = useInspectorDraft();
  const { fields, parameters } = read.errors;
  const endpoint = findEndpoint(draft.endpoint);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label="Request" noValidate>
      <EndpointSelect />
      <div className={classes.line}>
        <NativeSelect
          className={classes.method ?? ''}
          size="xs"
          label="Method"
          value={draft.method}
          data={METHODS}
          onChange={(event) => {
            const method = METHODS.find((each) => each === event.currentTarget.value);
            if (method) change({ method });
          }}
        />
        <TextInput
          className={classes.wide ?? ''}
          size="xs"
          label="URL"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={8_000}
          placeholder="http://localhost:8000/stream"
          readOnly={endpoint !== null}
          value={endpoint ? (read.url ?? '') : draft.url}
          error={fields.url}
          title={read.url ?? undefined}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
      </div>
      {endpoint && <ParameterInputs key={endpointKey(endpoint)} endpoint={endpoint} errors={parameters} />}
      <TransportInputs error={fields.transport} listed={endpoint !== null} />
      <Textarea
        size="xs"
        label="Headers"
        placeholder="Name: value, one a line"
        autosize={false}
        rows={2}
        spellCheck={false}
        classNames={{ input: classes.code ?? '' }}
        value={draft.headers}
        error={fields.headers}
        onChange={(event) => change({ headers: event.currentTarget.value })}
      />
      <Textarea
        size="xs"
        label="Body"
        placeholder="JSON is sent as application/json"
        autosize={false}
        rows={2}
        spellCheck={false}
        classNames={{ input: classes.code ?? '' }}
        value={draft.body}
        error={fields.body}
        onChange={(event) => change({ body: event.currentTarget.value })}
      />
      {/* Enter in a field of a form without a button would do nothing. */}
      <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
    </form>
  );
}

function EndpointSelect() {
  const { draft, change } = useInspectorDraft();
  const groups = useMemo(endpointGroups, []);
  const endpoint = findEndpoint(draft.endpoint);
  const choose = (key: string) => {
    const chosen = findEndpoint(key);
    if (!chosen) return change({ endpoint: null });
    change({
      endpoint: key,
      method: METHODS.find((each) => each === chosen.method.toUpperCase()) ?? 'GET',
    });
  };
  return (
    <NativeSelect
      size="xs"
      label="Endpoint"
      description={endpoint?.summary ?? 'Any URL that allows this page, or a path of the backend'}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={draft.endpoint ?? ANY_URL}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value={ANY_URL}>Any URL…</option>
      {groups.map(({ family, keys }) => (
        <optgroup key={family} label={family}>
          {keys.map((key) => (
            <option key={key} value={key}>
              {key}
            </option>
          ))}
        </optgroup>
      ))}
    </NativeSelect>
  );
}

function TransportInputs({ error, listed }: { error: string | undefined; listed: boolean }) {
  const { draft, change } = useInspectorDraft();
  const native = draft.transport === 'EventSource';
  return (
    <>
      <div className={classes.line}>
        <NativeSelect
          className={classes.wide ?? ''}
          size="xs"
          label="Transport"
          value={draft.transport}
          data={TRANSPORTS}
          error={error}
          onChange={(event) => {
            const transport = TRANSPORTS.find((each) => each === event.currentTarget.value);
            if (transport) change({ transport });
          }}
        />
        <NativeSelect
          className={classes.wide ?? ''}
          size="xs"
          label="Read as"
          disabled={native}
          value={native ? 'sse' : draft.reader}
          data={READERS.map((value) => ({ value, label: readerLabels[value] }))}
          onChange={(event) => {
            const reader = READERS.find((each) => each === event.currentTarget.value);
            if (reader) change({ reader });
          }}
        />
      </div>
      {native && !listed && (
        <TextInput
          size="xs"
          label="Event types"
          description="EventSource delivers only those that it listens for; message is always one"
          placeholder="update, done"
          autoComplete="off"
          spellCheck={false}
          maxLength={1_000}
          value={draft.eventTypes}
          onChange={(event) => change({ eventTypes: event.currentTarget.value })}
        />
      )}
    </>
  );
}
