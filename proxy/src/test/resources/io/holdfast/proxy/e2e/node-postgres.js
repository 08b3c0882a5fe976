// What a program in Node does: node-postgres, login from the environment, the module's folder as argument. Says "ok" at the end.
const assert = require('node:assert');
const { Client, Pool } = require(process.argv[2]);

async function rejects(promise, code) {
  await assert.rejects(promise, (error) => {
    assert.strictEqual(error.code, code, error.message);
    return true;
  });
}

async function readsOnFollower(client) {
  await client.query('BEGIN READ ONLY');
  const result = await client.query('SELECT pg_is_in_recovery() AS answer');
  await client.query('COMMIT');
  return result.rows[0].answer;
}

async function main() {
  const pool = new Pool({ max: 3 });
  pool.on('remove', () => { throw new Error('a connection was thrown away'); });
  pool.on('error', (error) => { throw error; });

  await pool.query('CREATE TABLE node_made (id serial PRIMARY KEY, name text, doc jsonb, tags text[], at timestamptz)');
  const at = new Date('2026-11-22T12:00:00Z');
  const made = await pool.query(
    'INSERT INTO node_made (name, doc, tags, at) VALUES ($1, $2, $3, $4) RETURNING *',
    ["Zoë 'quoted'", { a: [1, null] }, ['x', 'y,z'], at]);
  assert.deepStrictEqual(made.rows[0], { id: 1, name: "Zoë 'quoted'", doc: { a: [1, null] }, tags: ['x', 'y,z'], at });

  // Many at once, named statements among them: each connection prepares its own.
  const results = await Promise.all(Array.from({ length: 60 }, (_, n) => n % 3 === 0
    ? pool.query('INSERT INTO node_made (name) VALUES ($1)', ['row ' + n])
    : pool.query({ name: 'by-id', text: 'SELECT $1::int AS n, count(*) FROM products', values: [n] })));
  results.forEach((result, n) => {
    if (n % 3 === 0) assert.strictEqual(result.rowCount, 1);
    else assert.deepStrictEqual(result.rows, [{ n, count: '200' }]);
  });

  // A transaction, an error in it, and the connection afterwards.
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query("INSERT INTO node_made (name) VALUES ('never')");
  await rejects(client.query('INSERT INTO node_made (id) VALUES (1)'), '23505');
  await rejects(client.query('SELECT 1'), '25P02');
  await client.query('ROLLBACK');
  // One that may not write is served by the follower, once that has what this session has written.
  const limit = Date.now() + 30000;
  while (!await readsOnFollower(client)) assert.ok(Date.now() < limit, 'the follower never served');

  // Several statements in one query, rows as arrays, and nothing at all.
  const several = await client.query('SELECT 1 AS a; SELECT 2 AS b');
  assert.deepStrictEqual(several.map((result) => result.rows), [[{ a: 1 }], [{ b: 2 }]]);
  assert.deepStrictEqual((await client.query({ text: 'SELECT 1, 2', rowMode: 'array' })).rows, [[1, 2]]);
  assert.strictEqual((await client.query('')).rows.length, 0);

  // Refused in a transaction that has written; the connection goes on.
  await client.query('BEGIN');
  await client.query("INSERT INTO node_made (name) VALUES ('rolled back')");
  await rejects(client.query('TRUNCATE node_made'), 'PW004');
  await client.query('ROLLBACK');
  assert.strictEqual((await client.query('SELECT count(*)::int AS n FROM node_made')).rows[0].n, 21);
  client.release();

  // Notifications.
  const listener = new Client();
  await listener.connect();
  const heard = new Promise((resolve) => listener.on('notification', (message) => resolve(message.payload)));
  await listener.query('LISTEN node_news');
  await pool.query("SELECT pg_notify('node_news', 'hear hear')");
  assert.strictEqual(await heard, 'hear hear');
  await listener.end();

  pool.removeAllListeners('remove');
  await pool.end();
  console.log('ok');
}

main().catch((error) => { console.error(error); process.exit(1); });
