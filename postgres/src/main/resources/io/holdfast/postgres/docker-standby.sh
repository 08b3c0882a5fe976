# shellcheck shell=sh
# The command of a standby's container. Arguments: those of postgres.
# The backup brings the primary's certificate along. A restarted container goes on with the data it has.
set -e
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chmod 0700 "$PGDATA"
  pg_basebackup --pgdata="$PGDATA" --dbname="$HOLDFAST_PRIMARY" --slot="$HOLDFAST_SLOT" --checkpoint=fast
  touch "$PGDATA/standby.signal"
fi
exec postgres "$@"
