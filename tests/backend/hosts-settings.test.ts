import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from '../../src/backend/hosts/settings.ts';

describe('readSettings', () => {
  it('has defaults for what is not set, or set to nothing', () => {
    const defaults = {
      host: '127.0.0.1',
      port: 8_000,
      backendUrl: null,
      dataDir: '.data',
      logFile: null,
      apiToken: null,
      corsOrigins: [],
    };
    expect(readSettings({})).toEqual(defaults);
    const names = ['HOST', 'PORT', 'BACKEND_URL', 'DATA_DIR', 'LOG_FILE', 'API_TOKEN', 'CORS_ORIGIN'];
    expect(readSettings(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(defaults);
  });

  it('reads what is set', () => {
    expect(
      readSettings({
        HOST: '0.0.0.0',
        PORT: '9000',
        BACKEND_URL: 'http://127.0.0.1:9001/api',
        CORS_ORIGIN: 'http://localhost:3000, https://a.test/',
      }),
    ).toMatchObject({
      host: '0.0.0.0',
      port: 9_000,
      backendUrl: 'http://127.0.0.1:9001/api',
      corsOrigins: ['http://localhost:3000', 'https://a.test'],
    });
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['BACKEND_URL', 'localhost:9000'],
    ['BACKEND_URL', 'ftp://127.0.0.1'],
    ['CORS_ORIGIN', 'localhost'],
    ['CORS_ORIGIN', 'http://localhost:3000/path'],
  ])('refuses %s=%s and says so', (name, value) => {
    const read = () => readSettings({ [name]: value });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(new RegExp(`^${name} must be .*${value.replaceAll(/[?.]/g, '\\$&')}`));
  });

  it.each([
    ['BACKEND_URL', 'http://user:s3cret@127.0.0.1/api', 'http://127.0.0.1/api'],
    ['BACKEND_URL', 'http://127.0.0.1/api?key=s3cret', 'http://127.0.0.1/api'],
    ['BACKEND_URL', 'http://127.0.0.1/#s3cret', 'http://127.0.0.1/'],
    ['BACKEND_URL', 'http://user:a/s3cret?b#c@d@127.0.0.1', 'http://127.0.0.1'],
    ['BACKEND_URL', 'user:s3cret@127.0.0.1:9000', '127.0.0.1:9000'],
    ['BACKEND_URL', 'http:\\\\user:s3cret@127.0.0.1', 'http:\\\\127.0.0.1'],
    ['CORS_ORIGIN', 'http://user:s3cret@localhost', 'http://localhost'],
  ])('says of %s=%s only where it leads', (name, value, place) => {
    let message = '';
    try {
      readSettings({ [name]: value });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(`${name} must be `);
    expect(message).toContain(`(it is "${place}")`);
    expect(message).not.toMatch(/s3cret|user:/);
  });

  it('never prints a token', () => {
    expect(() => readSettings({ API_TOKEN: 'two words' })).toThrow(/^API_TOKEN must be one word$/);
  });
});
