# A test suite's set-up: empties the tables, as fixtures around psycopg2 do.
import os
import sys

import psycopg2

try:
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    with connection, connection.cursor() as cursor:
        for table in ("payments", "order_items", "orders"):
            cursor.execute(f"DELETE FROM {table}")
    print("cleaned")
except psycopg2.Error as error:
    print(error, file=sys.stderr)
    sys.exit(1)
