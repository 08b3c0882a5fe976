#!/bin/sh
# Sourced or run by the postgres image once, after initdb: lets standbys in, and puts the certificate in its place.
set -e
echo "host replication all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
if [ -e /holdfast/server.key ]; then
  install -m 0600 /holdfast/server.crt /holdfast/server.key "$PGDATA"
  # Not a command line argument: the server that initializes the image would miss the files.
  echo "ssl = on" >>"$PGDATA/postgresql.conf"
fi
