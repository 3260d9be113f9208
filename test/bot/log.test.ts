import assert from 'node:assert/strict';
import { createLog } from '../../bot/log.ts';
import { loggableError } from '../../bot/loggable-error.ts';

function logged(fields: object): { readonly line: string; readonly parsed: Readonly<Record<string, unknown>> } {
  const lines: string[] = [];
  createLog({ level: 'info', write: (line) => lines.push(line) }).info('something happened', fields);
  const parsed: unknown = JSON.parse(lines.join(''));
  return { line: lines.join(''), parsed: parsed as Record<string, unknown> };
}

describe('the log', () => {
  it('is one JSON object a line, with level, time and sentence', () => {
    const { line, parsed } = logged({ requestId: 'r-1', ms: 12 });

    assert.match(line, /^[^\n]+\n$/);
    assert.match(String(parsed['time']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual(
      { ...parsed, time: '' },
      {
        level: 'info',
        time: '',
        requestId: 'r-1',
        ms: 12,
        msg: 'something happened',
      },
    );
  });

  it('leaves out what it does not know by name', () => {
    const { line } = logged({
      authorization: 'Bearer abc',
      body: { reason: 'abc' },
      customerName: 'abc',
      headers: { authorization: 'abc' },
    });

    assert.doesNotMatch(line, /abc/);
  });

  it('stays on its line, whatever it is told', () => {
    const { line, parsed } = logged({ path: '/a\r\n{"level":"error"}\u2028\u0085\u009b31m\u202e' });

    assert.match(line, /^[\x20-\x7e]+\n$/);
    assert.equal(parsed['path'], '/a\r\n{"level":"error"}\u2028\u0085\u009b31m\u202e');
  });

  it('holds no long texts', () => {
    assert.ok(logged({ path: 'a'.repeat(10_000) }).line.length < 1_000);
  });

  it('says nothing below its level', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'warn', write: (line) => lines.push(line) });

    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');

    assert.equal(lines.length, 2);
  });
});

describe('an error in the log', () => {
  it('keeps its kind, its codes and where it came from', () => {
    const error = Object.assign(new TypeError('Contoso said: Bearer abc'), {
      code: 'ECONNRESET',
      fault: 'unavailable',
      statusCode: 503,
      correlationId: '6c0d2a0e-0a3c-4c73-9f60-0b8b7d0b9a51',
    });

    const { stack, ...rest } = loggableError(error);

    assert.deepEqual(rest, {
      name: 'TypeError',
      code: 'ECONNRESET',
      fault: 'unavailable',
      status: 503,
      correlationId: '6c0d2a0e-0a3c-4c73-9f60-0b8b7d0b9a51',
    });
    assert.match(stack?.[0] ?? '', /^at .*log\.test\.ts/);
  });

  it('has no words of others, not even where they look like a place in the code', () => {
    const error = new Error('Contoso\n    at Contoso (secret)', {
      cause: Object.assign(new Error('Bearer abc'), { code: 'Bearer abc\n', correlationId: 'Contoso & sons' }),
    });
    error.name = 'Contoso\nError';

    assert.doesNotMatch(JSON.stringify(loggableError(error)), /Contoso|Bearer/);
  });

  it('ends, however many causes it has', () => {
    const error = new Error('a');
    error.cause = error;

    assert.ok(JSON.stringify(loggableError(error)).length < 20_000);
  });

  it('is something else, when no error was thrown', () => {
    assert.deepEqual(loggableError('Bearer abc'), { name: 'thrown string' });
  });
});
