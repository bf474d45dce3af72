import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressGuard, guardedLookup, literalAddress, PRIVATE_ADDRESS } from './address-guard.ts';

test('addresses inside the house are refused, in every disguise', () => {
  const guard = addressGuard([]);
  const inside = [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
  ];
  assert.deepEqual(
    inside.filter((address) => guard.allowsAddress(address)),
    [],
  );
  assert.ok(guard.allowsAddress('93.184.215.14'));
  assert.ok(guard.allowsAddress('2606:2800:21f:cb07:6820:80da:af6b:8b2c'));
});

test('an editor may allow a host, an address or a range, and nothing beside it', () => {
  const guard = addressGuard(['RSS.lan', '10.0.0.0/8', '127.0.0.1']);
  assert.ok(guard.allowsHost('rss.lan'));
  assert.ok(!guard.allowsHost('evil.rss.lan'));
  assert.ok(guard.allowsAddress('10.9.9.9'));
  assert.ok(guard.allowsAddress('127.0.0.1'));
  assert.ok(!guard.allowsAddress('127.0.0.2'));
  assert.ok(!guard.allowsAddress('192.168.0.1'));
});

test('literal addresses are seen through the brackets of a URL', () => {
  assert.equal(literalAddress(new URL('http://[::1]/').hostname), '::1');
  assert.equal(literalAddress(new URL('http://0x7f.1/').hostname), '127.0.0.1');
  assert.equal(literalAddress('example.com'), undefined);
});

test('a name that answers with public and private addresses is connected to the public one only', async () => {
  const lookup = guardedLookup(addressGuard([]), (_host, _options, done) =>
    done(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '93.184.215.14', family: 4 },
    ]),
  );
  const answer = await new Promise((resolve) =>
    lookup('mixed.example', { all: true }, (error, list) => resolve([error, list])),
  );
  assert.deepEqual(answer, [null, [{ address: '93.184.215.14', family: 4 }]]);
});

test('a name that resolves inside the house fails the socket before it connects', async () => {
  const lookup = guardedLookup(addressGuard([]), (_host, _options, done) =>
    done(null, [{ address: '169.254.169.254', family: 4 }]),
  );
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) =>
    lookup('rebind.example', {}, (failure) => resolve(failure)),
  );
  assert.equal(error?.code, PRIVATE_ADDRESS);
});
