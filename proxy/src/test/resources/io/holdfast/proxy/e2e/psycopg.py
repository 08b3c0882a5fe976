# What a program in Python does: psycopg2, login from the environment. Says "ok" at the end.
import io
import threading
import time

import psycopg2
import psycopg2.extras
from psycopg2 import extensions

connection = psycopg2.connect("")
with connection, connection.cursor() as cursor:
    cursor.execute("CREATE TABLE psycopg_made (id serial PRIMARY KEY, name text, doc jsonb, tags text[])")
    cursor.execute(
        "INSERT INTO psycopg_made (name, doc, tags) VALUES (%s, %s, %s) RETURNING id",
        ("Zoë % 'quoted'", psycopg2.extras.Json({"a": [1, None]}), ["x", "y,z"]),
    )
    assert cursor.fetchone() == (1,)
    rows = psycopg2.extras.execute_values(
        cursor,
        "INSERT INTO psycopg_made (name) VALUES %s RETURNING id",
        [("name %d" % n,) for n in range(1000)],
        fetch=True,
    )
    assert len(rows) == 1000

with connection, connection.cursor(cursor_factory=psycopg2.extras.DictCursor) as cursor:
    cursor.execute("SELECT * FROM psycopg_made WHERE id = %s", (1,))
    row = cursor.fetchone()
    assert row["name"] == "Zoë % 'quoted'" and row["doc"] == {"a": [1, None]} and row["tags"] == ["x", "y,z"], row

# A cursor on the server, in the transaction that psycopg begins by itself.
with connection, connection.cursor("by_name") as cursor:
    cursor.itersize = 100
    cursor.execute("SELECT id FROM psycopg_made ORDER BY id")
    assert [row[0] for row in cursor] == list(range(1, 1002))

# An error, and a savepoint that saves the transaction.
with connection, connection.cursor() as cursor:
    cursor.execute("SAVEPOINT before")
    try:
        cursor.execute("INSERT INTO psycopg_made (id) VALUES (1)")
        raise SystemExit("no error")
    except psycopg2.errors.UniqueViolation as error:
        assert error.diag.constraint_name == "psycopg_made_pkey", error.diag.constraint_name
        cursor.execute("ROLLBACK TO before")
    cursor.execute("UPDATE psycopg_made SET name = 'first' WHERE id = 1")

# COPY, both ways.
with connection, connection.cursor() as cursor:
    cursor.copy_from(io.StringIO("7000\tcopied\n7001\tcopied\n"), "psycopg_made", columns=("id", "name"))
    out = io.StringIO()
    cursor.copy_expert("COPY (SELECT id, name FROM psycopg_made WHERE name = 'copied' ORDER BY id) TO STDOUT CSV", out)
    assert out.getvalue() == "7000,copied\n7001,copied\n", out.getvalue()

# Reads outside a transaction, and one that may not write, are served by the follower.
connection.set_session(autocommit=True)
with connection.cursor() as cursor:
    cursor.execute("SELECT name FROM psycopg_made WHERE id = 1")
    assert cursor.fetchone() == ("first",), "its own write"
connection.set_session(readonly=True, autocommit=False)


def on_follower():
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return cursor.fetchone() == (True,)


# Not before it has what this session has written.
limit = time.monotonic() + 30
while not on_follower():
    assert time.monotonic() < limit, "the follower never served"
with connection, connection.cursor() as cursor:
    try:
        cursor.execute("INSERT INTO psycopg_made (name) VALUES ('never')")
        raise SystemExit("no error")
    except psycopg2.errors.ReadOnlySqlTransaction:
        pass
connection.set_session(readonly=False, isolation_level=extensions.ISOLATION_LEVEL_SERIALIZABLE)
with connection, connection.cursor() as cursor:
    cursor.execute("SHOW transaction_isolation")
    assert cursor.fetchone() == ("serializable",)

# Notifications.
connection.set_session(isolation_level=extensions.ISOLATION_LEVEL_DEFAULT, autocommit=True)
with connection.cursor() as cursor:
    cursor.execute("LISTEN psycopg_news")
    cursor.execute("NOTIFY psycopg_news, 'hear hear'")
    connection.poll()
    assert [note.payload for note in connection.notifies] == ["hear hear"], connection.notifies

# Cancelled by another thread, in the middle.
with connection.cursor() as cursor:
    timer = threading.Timer(0.3, connection.cancel)
    timer.start()
    try:
        cursor.execute("SELECT pg_sleep(60)")
        raise SystemExit("no error")
    except psycopg2.errors.QueryCanceled:
        pass

# A large object, and a refusal inside a transaction that has written: the connection stays.
connection.set_session(autocommit=False)
with connection:
    large = connection.lobject(0, "wb")
    large.write(b"large" * 10000)
    oid = large.oid
    large.close()
with connection:
    large = connection.lobject(oid, "rb")
    assert large.read() == b"large" * 10000
    large.close()
try:
    with connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO psycopg_made (name) VALUES ('rolled back')")
        cursor.execute("TRUNCATE psycopg_made")
        raise SystemExit("no error")
except psycopg2.Error as error:
    assert error.pgcode == "PW004", error.pgcode
with connection, connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM psycopg_made")
    assert cursor.fetchone() == (1003,)

connection.reset()
connection.close()
print("ok")
